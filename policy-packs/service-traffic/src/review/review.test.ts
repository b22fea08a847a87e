import * as fc from "fast-check";
import {
  unknownCheckingProxy,
  type PolicyResource,
  type ResourceValidationArgs,
  type StackValidationArgs,
} from "@pulumi/policy";
import {
  AnalyzeRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { arbitraryResource, seeded } from "../../test/arbitrary";
import { analyzeRequest, analyzerResource, UNKNOWN, urnOf, type WireResource } from "../../test/wire";
import { givenBy } from "../settings/given";
import { CATALOGUE_POLICY, CONFIGURATION, POLICY_NAMES } from "../settings/names";
import { readSettings } from "../settings/settings";
import { observeRequests } from "../sdk/analyzer-requests";
import { shownAlone } from "../sdk/shown";
import { Review } from "./review";

/** In continuous integration 100,000; a fifth of that where somebody waits. */
const RESOURCES = Number(process.env["EVENKEEL_ARBITRARY_RESOURCES"] ?? 20_000);
const RESOURCES_PER_RUN = 100;
const RUNS = RESOURCES / RESOURCES_PER_RUN;
/** That of a hang, on a machine that has much else to do. */
const LIMIT_MILLISECONDS = 60_000 + RESOURCES * 20;
const HIDDEN = "hunter2-hunter2";

const OPTIONS = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};
const isType = () => false;
const asType = () => undefined;
const notApplicable = (): never => {
  throw new Error("not asked for");
};

function argsOf(resource: WireResource): ResourceValidationArgs {
  const props = unknownCheckingProxy(resource.inputs);
  const { type, name } = resource;
  return {
    type,
    name,
    props,
    urn: urnOf(resource),
    opts: OPTIONS,
    stackTags: new Map(),
    isType,
    asType,
    getConfig: <T extends object>() => ({}) as T,
    notApplicable,
  };
}

function stackOf(resources: readonly WireResource[]): StackValidationArgs {
  const all = resources.map((resource): PolicyResource => {
    const { type, name, props, urn } = argsOf(resource);
    return {
      type,
      name,
      props,
      urn,
      opts: OPTIONS,
      isType,
      asType,
      dependencies: [],
      propertyDependencies: {},
    };
  });
  // Each is fed by, and the child of, whatever stands before it: anything is possible, a circle too.
  all.forEach((resource, index) => {
    const before = all[(index + all.length - 1) % all.length];
    if (!before) return;
    resource.parent = before;
    resource.dependencies = [before];
    resource.propertyDependencies = { port: [before], healthCheck: [before], spec: [before] };
  });
  return {
    resources: all,
    stackTags: new Map(),
    getConfig: <T extends object>() => ({}) as T,
    notApplicable,
  };
}

/** The SDK's service as far as requests are read, its requests announced to the review. */
function observed(review: Review) {
  const service = {
    configure: { requestDeserialize: (bytes: Buffer) => ConfigureAnalyzerRequest.deserializeBinary(bytes) },
    analyze: { requestDeserialize: (bytes: Buffer) => AnalyzeRequest.deserializeBinary(bytes) },
    analyzeStack: { requestDeserialize: (bytes: Buffer) => AnalyzeStackRequest.deserializeBinary(bytes) },
  };
  observeRequests(
    {
      configured: () => undefined,
      arriving: (resource) => review.announce(resource),
      stackArriving: (resources) => review.announceStack(resources),
      secrets: (urn, texts) => review.hide(urn, [HIDDEN, ...texts]),
      readsType: () => true,
    },
    service,
  );
  return service;
}

function bytesOf(message: { serializeBinary(): Uint8Array }): Buffer {
  return Buffer.from(message.serializeBinary());
}

test(
  `${RESOURCES} resources of any shape: nothing throws or hangs, no rule fails, no secret is shown`,
  () => {
    const { value: settings } = readSettings(givenBy({ catalogue: { objectExemptions: true } }).value);
    const review = new Review({ settings, problems: [], today: () => "2026-11-22" });
    const service = observed(review);
    let findings = 0;
    const hear = (statements: readonly { readonly text: string }[]) => {
      findings += statements.length;
      const wrong = statements.find(({ text }) => text.includes(HIDDEN) || /please report it/.test(text));
      if (wrong) throw new Error(wrong.text.slice(0, 2000));
    };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const resources = Array.from({ length: RESOURCES_PER_RUN }, () => arbitraryResource(random, HIDDEN));
        // Every fourth run is announced by the bytes of its requests, as the engine sends them.
        const isAnnounced = seed % 4 === 0;
        for (const resource of resources) {
          review.hide(urnOf(resource), [HIDDEN]);
          if (isAnnounced) service.analyze.requestDeserialize(bytesOf(analyzeRequest(resource)));
          const args = argsOf(resource);
          for (const policy of POLICY_NAMES) hear(review.ofResource(policy, args));
        }
        // A handful at a time, as resources of one name replace each other in a stack.
        const few = resources.slice(0, 12);
        if (isAnnounced) {
          const request = new AnalyzeStackRequest().setResourcesList(few.map(analyzerResource));
          service.analyzeStack.requestDeserialize(bytesOf(request));
        }
        const some = stackOf(few);
        for (const policy of POLICY_NAMES) hear(review.ofStack(policy, some));
      }),
      { numRuns: RUNS },
    );
    // The resources are near enough to what people write that rules have something to say.
    expect(findings).toBeGreaterThan(RUNS * 10);
  },
  LIMIT_MILLISECONDS,
);

describe("a policy may be passed over", () => {
  const { value: settings } = readSettings(new Map());
  const rule = "local-needs-selector";
  const service = (selector: object | undefined): WireResource => ({
    type: "kubernetes:core/v1:Service",
    name: "web",
    inputs: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "shop" },
      spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80 }], selector },
    },
  });
  const reviewed = () => new Review({ settings, problems: [], today: () => "2026-11-22" });
  const isPassedOver = (review: Review) => !review.hasShareFor(rule, "resource");

  test("never, while requests are not announced", () => {
    expect(isPassedOver(reviewed())).toBe(false);
  });

  test("where an announced request deserves nothing of it", () => {
    const review = reviewed();
    review.announce(shownAlone(argsOf(service({ app: "web" }))));
    expect(isPassedOver(review)).toBe(true);
  });

  test("not before it said what an announced request deserves", () => {
    const review = reviewed();
    const args = argsOf(service(undefined));
    review.announce(shownAlone(args));
    review.announce(shownAlone(argsOf({ ...service({ app: "api" }), name: "api" })));
    expect(isPassedOver(review)).toBe(false);
    expect(review.ofResource(rule, args)).toHaveLength(1);
    expect(isPassedOver(review)).toBe(true);
  });
});

test("a resource that cannot be reviewed blocks: nothing was checked", () => {
  const { value: settings } = readSettings(new Map());
  const today = (): string => {
    throw new Error("no clock");
  };
  const review = new Review({ settings, problems: [], today });
  const service: WireResource = { type: "kubernetes:core/v1:Service", name: "web", inputs: { spec: {} } };
  expect(review.ofResource(CATALOGUE_POLICY, argsOf(service))).toEqual([]);
  const [statement, ...others] = review.ofResource(CONFIGURATION, argsOf(service));
  expect(statement?.text).toBe("reading failed (no clock); no rule was run on it; please report it");
  expect(others).toEqual([]);
});

describe("what is certain of a Service by itself", () => {
  const RULE = "service-accepted-by-api-server";
  const service = (spec: object): WireResource => ({
    type: "kubernetes:core/v1:Service",
    name: "web",
    inputs: { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" }, spec },
  });
  const stages = (resource: WireResource, outputs = resource) => {
    const { value: settings } = readSettings(new Map());
    const review = new Review({ settings, problems: [], today: () => "2026-11-22" });
    return [
      review.ofResource(RULE, argsOf(resource)).length,
      review.ofResource(RULE, argsOf(resource)).length,
      review.ofStack(RULE, stackOf([outputs])).length,
    ];
  };
  const refused = { type: "LoadBalancer", externalTrafficPolicy: "Lokal", ports: [{ port: 80 }] };

  test("is told whenever the resource is shown, and not again of the stack", () => {
    expect(stages(service(refused))).toEqual([1, 1, 0]);
  });

  test("is told of the stack where the resource was not known yet", () => {
    const open = service({ ...refused, externalTrafficPolicy: UNKNOWN });
    expect(stages(open, service(refused))).toEqual([0, 0, 1]);
  });
});
