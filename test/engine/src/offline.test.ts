import { join } from "node:path";
import { preview, secret, type InvokeTable, type PropertyMap } from "@evenkeel/offline";
import {
  findingsOfEngine,
  findingsOffline,
  ordered,
  placesOfEngine,
  placesOffline,
} from "./engine/comparison";
import { policyEvents } from "./engine/events";
import { fixturePack, fixtureProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { readRecording } from "./engine/recording";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Run } from "./engine/stack";
import { startStandIns, type StandIns } from "./providers";

const invokes: InvokeTable = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["eu-central-1a", "eu-central-1b"],
    state: "available",
  },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
};
const stackReferences: Record<string, PropertyMap> = {
  "organization/base/dev": { vpcId: "vpc-0a1b2c3d4e5f60718", token: secret("base token") },
};

/** Every difference is a defect of `packages/offline`: the engine decides. */
describe("packages/offline tells packs what the engine tells them", () => {
  let sandbox: Sandbox;
  let standIns: StandIns;

  beforeAll(async () => {
    sandbox = openSandbox();
    standIns = await startStandIns({ reachable: false, invokes });
    const base = await initStack(sandbox, fixtureProject(sandbox, "base", "base"), "dev");
    expectCode(await base.up(), 0);
  });
  afterAll(() => {
    standIns.close();
    sandbox.close();
  });

  it.each([
    { program: "semantics", pack: "ports", code: 0 },
    { program: "world", pack: "remedy", code: 1 },
    { program: "wiring", pack: "remedy", code: 1 },
    { program: "two-ports", pack: "ports", code: 1 },
  ])("for the program $program with the pack $pack", async ({ program, pack, code }) => {
    const directory = fixtureProject(sandbox, program, program);
    const recordings = { engine: join(directory, "engine.jsonl"), offline: join(directory, "offline.jsonl") };
    const packs = [
      fixturePack(sandbox, `${pack}-of-${program}`, pack),
      fixturePack(sandbox, `recorder-of-${program}`, "recorder"),
    ];

    const stack = await initStack(sandbox, directory, "dev", standIns.env);
    const run = await stack.preview({ policyPacks: packs, env: { EVENKEEL_RECORD: recordings.engine } });
    const engine = { ...(expectCode(run, code) as Run), recording: readRecording(recordings.engine) };

    const offline = await preview({
      program: directory,
      stack: "dev",
      policyPacks: packs.map((dir) => ({ dir })),
      env: { EVENKEEL_RECORD: recordings.offline, PULUMI_CONFIG_PASSPHRASE: "" },
      invokes,
      stackReferences,
    });

    // The stack itself and something in it, as inputs and as state.
    expect(new Set(engine.recording.map((one) => `${one.call} ${one.type}`)).size).toBeGreaterThanOrEqual(4);
    expect(ordered(readRecording(recordings.offline))).toEqual(ordered(engine.recording));
    expect(placesOffline(offline)).toEqual(placesOfEngine(engine.recording));
    expect(findingsOffline(offline)).toEqual(findingsOfEngine(policyEvents(engine.events)));
    expect(offline.outcome).toBe(code === 0 ? "passed" : "blocked");
  });
});
