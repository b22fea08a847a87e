import { join } from "node:path";
import { errors } from "./engine/events";
import { fixturePack, fixtureProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { readRecording, recordOf, type Recorded } from "./engine/recording";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Stack, type StateResource } from "./engine/stack";
import { undefinedPaths } from "./engine/undefined";
import { startStandIns, type StandIns } from "./providers";

const SERVICE = "kubernetes:core/v1:Service";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * What a target group that is fed from a Service's outputs shows at preview and after the update: ports pinned by the
 * program or allocated by the API server, previewed with the cluster at hand (server-side dry run) or without (echo).
 */
describe("a target group fed from a Service", () => {
  let sandbox: Sandbox;
  let recorder: string;

  beforeAll(() => {
    sandbox = openSandbox();
    recorder = fixturePack(sandbox, "recorder", "recorder");
  });
  afterAll(() => sandbox.close());

  describe.each([
    { pinned: true, reachable: true },
    { pinned: true, reachable: false },
    { pinned: false, reachable: true },
    { pinned: false, reachable: false },
  ])("ports pinned: $pinned, cluster reachable at preview: $reachable", ({ pinned, reachable }) => {
    let standIns: StandIns;
    let stack: Stack;

    beforeAll(async () => {
      standIns = await startStandIns({ reachable });
      stack = await openStack(sandbox, `wiring-${pinned}-${reachable}`, standIns, { pinned });
    });
    afterAll(() => standIns.close());

    it("previews, updates and stays as it is", async () => {
      const preview = await recorded(recorder, stack);
      const inputs = recordOf(preview, "analyze", TARGET_GROUP).properties;
      const { port, healthCheck } = inputs as { port: unknown; healthCheck: { port: unknown } };
      if (pinned) expect([port, healthCheck.port]).toEqual([30_001, "30002"]);
      else if (reachable)
        expect([port, healthCheck.port]).toEqual([nodePort(preview), String(healthPort(preview))]);
      else expect([port, healthCheck.port]).toEqual([UNKNOWN, UNKNOWN]);

      // The dependency is there whether the value is known or not: rules join by it.
      const { urn } = recordOf(preview, "analyze", SERVICE);
      const { propertyDependencies } = recordOf(preview, "analyzeStack", TARGET_GROUP);
      expect(propertyDependencies).toMatchObject({ port: [urn], healthCheck: [urn] });
      expect(undefinedPaths(preview)).toEqual([]);

      // The deploying job reaches the cluster.
      standIns.cluster.reachable = true;
      expectCode(await stack.up(), 0);
      const resources = (await stack.state()).deployment.resources ?? [];
      const service = spec(find(resources, SERVICE).outputs);
      const targetGroup = find(resources, TARGET_GROUP).inputs;
      expect(targetGroup).toMatchObject({
        port: service.ports[0]?.nodePort,
        healthCheck: { port: String(service.healthCheckNodePort) },
      });
      expect(service.ports[0]?.nodePort).toEqual(pinned ? 30_001 : expect.any(Number));
      // A dry run's numbers are not those that the create gives.
      if (!pinned && reachable) expect(service.ports[0]?.nodePort).not.toBe(nodePort(preview));
      expect(undefinedPaths(resources)).toEqual([]);

      expectCode(await stack.preview({ flags: ["--expect-no-changes"] }), 0);
      expectCode(await stack.destroy(), 0);
    });
  });

  it("has no port at all when `undefined` is not mapped to unknown: the reason for the mapping", async () => {
    const standIns = await startStandIns({ reachable: false });
    try {
      const stack = await openStack(sandbox, "wiring-naive", standIns, { naive: true });
      const file = join(stack.directory, "recording.jsonl");
      const run = await stack.preview({ policyPacks: [recorder], env: { EVENKEEL_RECORD: file } });
      const inputs = recordOf(readRecording(file), "analyze", TARGET_GROUP).properties;
      expect(inputs).not.toHaveProperty("port");
      expect(inputs).toMatchObject({ healthCheck: { port: "undefined" } });
      // The provider refuses a target group without a port, although the update would have given it one.
      expect(run.code).not.toBe(0);
      expect(errors(run.events).join()).toContain("property port value {<nil>} has a problem");
    } finally {
      standIns.close();
    }
  });

  it("cannot be created without a cluster", async () => {
    const standIns = await startStandIns({ reachable: false });
    try {
      const stack = await openStack(sandbox, "wiring-unreachable", standIns, {});
      const run = await stack.up();
      expect(run.code).not.toBe(0);
      expect(run.stdout).toContain("configured Kubernetes cluster is unreachable");
    } finally {
      standIns.close();
    }
  });
});

function openStack(
  sandbox: Sandbox,
  name: string,
  standIns: StandIns,
  settings: Readonly<Record<string, boolean>>,
): Promise<Stack> {
  return initStack(sandbox, fixtureProject(sandbox, name, "wiring", settings), "dev", standIns.env);
}

async function recorded(recorder: string, stack: Stack): Promise<readonly Recorded[]> {
  const file = join(stack.directory, "recording.jsonl");
  expectCode(await stack.preview({ policyPacks: [recorder], env: { EVENKEEL_RECORD: file } }), 0);
  return readRecording(file);
}

interface Spec {
  readonly ports: readonly { readonly nodePort?: number }[];
  readonly healthCheckNodePort?: number;
}

function spec(outputs: Readonly<Record<string, unknown>> | undefined): Spec {
  // The Service of the program above.
  return outputs?.["spec"] as Spec;
}

function nodePort(recording: readonly Recorded[]): number | undefined {
  return spec(recordOf(recording, "analyzeStack", SERVICE).properties).ports[0]?.nodePort;
}

function healthPort(recording: readonly Recorded[]): number | undefined {
  return spec(recordOf(recording, "analyzeStack", SERVICE).properties).healthCheckNodePort;
}

function find(resources: readonly StateResource[], type: string): StateResource {
  const found = resources.find((resource) => resource.type === type);
  if (found === undefined) throw new Error(`no ${type} in the state`);
  return found;
}
