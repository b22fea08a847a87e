import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policyEvents } from "./engine/events";
import { packAndInstall } from "./engine/packed";
import { REPOSITORY, stageProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Run, type Stack } from "./engine/stack";
import { startStandIns, type StandIns } from "./providers";

const SOURCE = join(REPOSITORY, "policy-packs/service-traffic");
const PACK = "node_modules/@evenkeel/service-traffic";
/** What a bundle leaves outside; the other packages of this workspace are in it. */
const BESIDE = ["@pulumi/policy", "@pulumi/pulumi", "js-yaml"];

/** The pack as npm packs it, on the state of stacks that run already. */
describe("the published pack", () => {
  let sandbox: Sandbox;
  let pack: string;
  const worlds: StandIns[] = [];

  /** Each in a cluster of its own. */
  const running = async (example: string): Promise<Stack> => {
    const standIns = await startStandIns({ reachable: true });
    worlds.push(standIns);
    const directory = stageProject(sandbox, join(REPOSITORY, "examples", example), example);
    const stack = await initStack(sandbox, directory, "dev", standIns.env);
    expectCode(await stack.up(), 0);
    return stack;
  };

  beforeAll(() => {
    sandbox = openSandbox();
    pack = join(packAndInstall(sandbox, SOURCE, "@evenkeel/service-traffic", BESIDE), PACK);
  });
  afterAll(() => {
    for (const standIns of worlds) standIns.close();
    sandbox.close();
  });

  describe("on a state in order", () => {
    let stack: Stack;
    beforeAll(async () => (stack = await running("storefront")));

    it("finds nothing that blocks, and ends with 0", async () => {
      const run = expectCode(await stack.analyze({ policyPacks: [pack] }), 0) as Run;
      expect(mandatory(run)).toEqual([]);
    });

    it("reads its configuration, and what that names, before anything is blocked by it", async () => {
      const state = join(sandbox.root, "other.json");
      writeFileSync(state, JSON.stringify(await stack.state()));
      writeFileSync(join(sandbox.root, "cluster.yaml"), "nodes:\n  - { count: 3, zones: [a, b, c] }\n");
      const catalogue = { cluster: join(sandbox.root, "cluster.yaml"), joinWith: [state] };
      expectCode(await stack.analyze({ policyPacks: [pack], policyConfig: configured({ catalogue }) }), 0);
      const wrong = configured({ catalogue: { ...catalogue, clustr: 3 } });
      const run = await stack.analyze({ policyPacks: [pack], policyConfig: wrong });
      expect(run.code).not.toBe(0);
      expect(mandatory(run)).toEqual(["configuration"]);
      expect(run.stdout).toContain('did you mean \\"cluster\\"?');
    });
  });

  it("finds on an unsafe state what it would have blocked before, and ends with an error", async () => {
    const stack = await running("storefront-unsafe");
    const run = await stack.analyze({ policyPacks: [pack] });
    expect(run.code).not.toBe(0);
    expect(new Set(mandatory(run))).toEqual(
      new Set([
        "health-check-port-is-open",
        "local-needs-http-health-check",
        "health-check-carries-no-proxy-header",
      ]),
    );
    for (const { resourceUrn } of policyEvents(run.events)) expect(resourceUrn).toMatch(/^urn:pulumi:dev::/);
  });

  const configured = (config: object): string => {
    const file = join(sandbox.root, "policy.json");
    writeFileSync(file, JSON.stringify(config));
    return file;
  };
});

function mandatory({ events }: Run): readonly string[] {
  return policyEvents(events)
    .filter(({ enforcementLevel }) => enforcementLevel === "mandatory")
    .map(({ policyName }) => policyName);
}
