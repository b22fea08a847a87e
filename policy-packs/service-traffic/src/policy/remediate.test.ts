import type { ResourceValidationArgs } from "@pulumi/policy";
import type { PulumiResource } from "@evenkeel/adapters";
import { validateService } from "@evenkeel/core/api";
import type { ExampleObject } from "@evenkeel/rules";
import { Review } from "../review/review";
import { POLICY_RULES } from "../settings/names";
import { readSettings } from "../settings/settings";
import { remediationOf } from "./remediate";

const TYPE = "kubernetes:core/v1:Service";
const urn = `urn:pulumi:dev::shop::${TYPE}::web`;
const { value: settings } = readSettings(new Map());
const review = new Review({ settings, problems: [], today: () => "2026-11-22" });

function argsOf(service: ExampleObject): ResourceValidationArgs {
  return {
    type: TYPE,
    name: "web",
    urn,
    props: JSON.parse(JSON.stringify(service)),
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => ({}) as T,
    notApplicable: () => {
      throw new Error("not asked for");
    },
  };
}

/** What the server of a strict client refuses: keys and types that are not in its schema, which is the provider's, too. */
function refusals(service: unknown): readonly string[] {
  return validateService(service, { fieldValidation: "Strict" }).errors.map(({ text }) => text);
}

const SERVICES = POLICY_RULES.flatMap((rule) => {
  const { bad, good } = rule.examples();
  return [...bad, ...good]
    .flatMap(({ objects = [] }) => objects.filter(({ kind }) => kind === "Service"))
    .map((service) => ({ rule, service }));
});

test("whatever a rule mends passes that rule, and is a Service that the provider's schema and the API server take", async () => {
  const mended = new Set<string>();
  for (const { rule, service } of SERVICES) {
    const before = refusals(service);
    const properties = await remediationOf(rule, review)(argsOf(service));
    if (properties === undefined) continue;
    mended.add(rule.id);
    const resource: PulumiResource = { type: TYPE, urn, name: "web", properties };
    expect(review.sureViolations(rule, resource)).toEqual([]);
    expect(refusals(properties).filter((text) => !before.includes(text))).toEqual([]);
  }
  // Those whose findings on a Service alone carry a patch; a rule that needs the workload too mends nothing by itself.
  expect([...mended]).toEqual(
    expect.arrayContaining(["local-needs-http-health-check", "local-needs-load-balancer-type"]),
  );
  expect(mended).not.toContain("internal-local-covers-every-node");
});
