import { join } from "node:path";
import { policyEvents, steps } from "./engine/events";
import { REPOSITORY, stageProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { expectSameAnswer, previewTwice } from "./engine/same-answer";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Run, type Stack } from "./engine/stack";
import { undefinedPaths } from "./engine/undefined";
import { startStandIns, type StandIns } from "./providers";

const PACK = join(REPOSITORY, "policy-packs/service-traffic");

/** The examples on the real engine, with the real pack. The preview is that of CI, without a cluster; the update reaches one. */
describe("the examples on the engine", () => {
  let sandbox: Sandbox;
  let standIns: StandIns;

  const open = (example: string): Promise<Stack> =>
    initStack(
      sandbox,
      stageProject(sandbox, join(REPOSITORY, "examples", example), example),
      "dev",
      standIns.env,
    );

  beforeEach(async () => {
    sandbox = openSandbox();
    standIns = await startStandIns({ reachable: false });
  });
  afterEach(() => {
    standIns.close();
    sandbox.close();
  });

  it("previews the storefront with the pack, updates it, leaves nothing to change, and takes it down", async () => {
    const stack = await open("storefront");
    const previews = await previewTwice(sandbox, stack, [PACK]);
    expectCode(previews.engine, 0);
    expect(mandatory(previews.engine)).toEqual([]);
    expect(undefinedPaths(previews.engine.recording)).toEqual([]);
    expectSameAnswer(previews);

    // With a cluster at hand the server's dry run fills in what it would allocate.
    standIns.cluster.reachable = true;
    expectCode(await stack.preview({ policyPacks: [PACK] }), 0);
    expectCode(await stack.up({ policyPacks: [PACK] }), 0);
    const created = ((await stack.state()).deployment.resources ?? []).filter(({ id }) => id !== undefined);
    expect(undefinedPaths(created)).toEqual([]);

    const again = expectCode(
      await stack.preview({ policyPacks: [PACK], flags: ["--expect-no-changes"] }),
      0,
    ) as Run;
    expect(new Set(steps(again.events).map(({ op }) => op))).toEqual(new Set(["same"]));

    expectCode(await stack.destroy(), 0);
    await stack.remove();
  });

  it("runs the storefront from the root of the repository too, with the pack by the path that the README gives", async () => {
    const root = await initStack(sandbox, stageProject(sandbox, REPOSITORY, "root"), "dev", standIns.env);
    const run = expectCode(await root.preview({ policyPacks: ["policy-packs/service-traffic"] }), 0) as Run;
    const created = steps(run.events).flatMap(({ op, type }) => (op === "create" ? [type] : []));
    expect(created).toContain("evenkeel:index:NlbInstanceService");
    expect(created).toContain("evenkeel:index:NlbIpService");
    expect(mandatory(run)).toEqual([]);
  });

  it("blocks the storefront's unsafe twin at preview, with the three findings that its README names", async () => {
    const stack = await open("storefront-unsafe");
    const previews = await previewTwice(sandbox, stack, [PACK]);
    expectCode(previews.engine, 1);
    const found = mandatory(previews.engine);
    expect(found).toEqual([
      "health-check-carries-no-proxy-header",
      "health-check-port-is-open",
      "local-needs-http-health-check",
    ]);
    for (const policy of found) expect(previews.engine.stdout).toContain(`${policy}  (`);
    expectSameAnswer(previews);
  });
});

/** Names of the mandatory policies that are violated, each as often as it is. */
function mandatory({ events }: Run): readonly string[] {
  return policyEvents(events)
    .filter(({ enforcementLevel }) => enforcementLevel === "mandatory")
    .map(({ policyName }) => policyName)
    .sort();
}
