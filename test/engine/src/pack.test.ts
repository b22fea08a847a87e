import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errors, parseEvents, policyEvents } from "./engine/events";
import { fixturePack, fixtureProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Run, type Stack } from "./engine/stack";

const PORTS = "urn:pulumi:dev::two-ports::test:index:Ports::web";

describe("the engine with a policy pack", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let ports: string;

  beforeAll(async () => {
    sandbox = openSandbox();
    const directory = fixtureProject(sandbox, "two-ports", "two-ports", { size: "large" });
    ports = fixturePack(sandbox, "ports", "ports");
    stack = await initStack(sandbox, directory, "dev");
  });
  afterAll(() => sandbox.close());

  const configuration = (rules: object): string => {
    const file = join(sandbox.root, "policy-config.json");
    writeFileSync(file, JSON.stringify(rules));
    return file;
  };

  it("reports the violated port of a rule that is unknown in another, and exits with 1", async () => {
    const run = expectCode(await stack.preview({ policyPacks: [ports] }), 1) as Run;
    const [violated, undecided] = policyEvents(run.events).filter(
      ({ policyName }) => policyName === "port-by-port",
    );
    expect(violated).toMatchObject({
      resourceUrn: PORTS,
      enforcementLevel: "mandatory",
      severity: "high",
      message: "Ports are high.\nports[1] is 80; wanted 1024 or more\n",
    });
    expect(undecided).toMatchObject({ resourceUrn: PORTS, enforcementLevel: "advisory" });
    expect(undecided?.message).toContain("can't run policy 'port-by-port'");
  });

  it("makes a mandatory rule advisory, and hides its violation, when the rule reads an unknown value first", async () => {
    const policyConfig = configuration({ "port-by-port": "disabled", environment: "disabled" });
    const run = expectCode(await stack.preview({ policyPacks: [ports], policyConfig }), 0) as Run;
    expect(policyEvents(run.events)).toEqual([
      expect.objectContaining({
        policyName: "all-at-once",
        enforcementLevel: "advisory",
        resourceUrn: PORTS,
      }),
    ]);
  });

  it("takes level and settings by the rule's name, and the schema's default where a rule is not named", async () => {
    const policyConfig = configuration({
      all: "disabled",
      "port-by-port": { enforcementLevel: "advisory", lowest: 90 },
    });
    const run = expectCode(await stack.preview({ policyPacks: [ports], policyConfig }), 0) as Run;
    const messages = policyEvents(run.events).map(({ policyName, enforcementLevel, message }) => [
      policyName,
      enforcementLevel,
      message.split("\n")[1],
    ]);
    expect(messages[0]).toEqual(["port-by-port", "advisory", "ports[1] is 80; wanted 90 or more"]);
    expect(new Set(messages.map(([name]) => name))).toEqual(new Set(["port-by-port"]));
  });

  it("accepts a configuration for a rule that does not exist: catching the misspelling is the pack's own task", async () => {
    const policyConfig = configuration({
      all: "disabled",
      "port-by-prot": { enforcementLevel: "mandatory" },
    });
    expectCode(await stack.preview({ policyPacks: [ports], policyConfig }), 0);
  });

  it("starts the pack with project, stack, configuration and dry run in its environment", async () => {
    const policyConfig = configuration({ all: "disabled", environment: "advisory" });
    const run = await stack.preview({ policyPacks: [ports], policyConfig });
    expect(policyEvents(run.events).map(({ message }) => message)).toEqual([
      "Says where it runs.\ntwo-ports dev true large\n",
    ]);
  });

  it("streams the same policy events as JSON lines on stdout", async () => {
    const env = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
    const run = await stack.preview({ policyPacks: [ports], env, flags: ["--json"] });
    const streamed = policyEvents(parseEvents(run.stdout));
    expect(streamed).toEqual(policyEvents(run.events));
    expect(streamed.length).toBeGreaterThan(2);
  });

  it("ends the pack's process with the command", async () => {
    const file = join(sandbox.root, "pack.pid");
    await stack.preview({ policyPacks: [ports], env: { EVENKEEL_TEST_PID_FILE: file } });
    const pid = Number(readFileSync(file, "utf8"));
    expect(pid).toBeGreaterThan(1);
    expect(await gone(pid)).toBe(true);
  });

  it("refuses a pack that prints before its port", async () => {
    const chatty = fixturePack(sandbox, "chatty", "chatty");
    const run = await stack.preview({ policyPacks: [chatty] });
    expect(run.code).not.toBe(0);
    expect(run.stderr + run.stdout).toContain(
      'could not read policy pack port: the pack printed "hello from the pack"',
    );
  });

  it("refuses a pack that throws while it loads, with the pack's own words", async () => {
    const failing = fixturePack(sandbox, "failing", "failing");
    const run = await stack.preview({ policyPacks: [failing] });
    expect(run.code).not.toBe(0);
    expect(run.stderr + run.stdout).toContain("this pack cannot load");
  });

  describe("at an update", () => {
    let late: string;
    beforeAll(() => (late = fixturePack(sandbox, "late", "late")));
    afterEach(async () => {
      expectCode(await stack.destroy(), 0);
    });

    const registered = async (): Promise<readonly string[]> =>
      ((await stack.state()).deployment.resources ?? []).map(({ urn }) => urn);

    it("fails on a stack rule only after the resources exist", async () => {
      const run = expectCode(await stack.up({ policyPacks: [late] }), 1) as Run;
      expect(policyEvents(run.events)).toEqual([
        expect.objectContaining({
          policyName: "whole-stack",
          enforcementLevel: "mandatory",
          resourceUrn: PORTS,
        }),
      ]);
      expect(await registered()).toContain(PORTS);
    });

    it("stops a resource that a resource rule forbids", async () => {
      const policyConfig = configuration({ "whole-stack": "disabled", "one-resource": "mandatory" });
      const run = expectCode(await stack.up({ policyPacks: [late], policyConfig }), 1) as Run;
      expect(policyEvents(run.events).map(({ policyName }) => policyName)).toEqual(["one-resource"]);
      expect(await registered()).not.toContain(PORTS);
    });
  });

  it("fails the whole preview when a rule throws anything but an unknown value", async () => {
    const late = fixturePack(sandbox, "throwing", "late");
    const policyConfig = configuration({ all: "disabled", throws: "mandatory" });
    const run = await stack.preview({ policyPacks: [late], policyConfig });
    expect(run.code).not.toBe(0);
    expect(errors(run.events).join("\n")).toContain("nothing to read");
  });
});

/** Waits up to two seconds for a process to end; one that only waits to be reaped has ended. */
async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 20; i++) {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
    if (stdout.trim() === "" || stdout.startsWith("Z")) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
