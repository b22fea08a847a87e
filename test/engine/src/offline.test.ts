import { join } from "node:path";
import { preview } from "@evenkeel/offline";
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

/** Every difference is a defect of `packages/offline`: the engine decides. */
describe("packages/offline tells packs what the engine tells them", () => {
  let sandbox: Sandbox;
  let standIns: StandIns;
  let recorder: string;
  let ports: string;

  beforeAll(async () => {
    sandbox = openSandbox();
    standIns = await startStandIns({ reachable: false });
    recorder = fixturePack(sandbox, "recorder", "recorder");
    ports = fixturePack(sandbox, "ports", "ports");
  });
  afterAll(() => {
    standIns.close();
    sandbox.close();
  });

  it.each(["semantics", "wiring", "two-ports"])("for the program %s", async (program) => {
    const directory = fixtureProject(sandbox, program, program);
    const recording = join(directory, "engine.jsonl");
    const offlineRecording = join(directory, "offline.jsonl");

    const stack = await initStack(sandbox, directory, "dev", standIns.env);
    const packs = { policyPacks: [recorder, ports], env: { EVENKEEL_RECORD: recording } };
    const engine = expectCode(await stack.preview(packs), program === "two-ports" ? 1 : 0) as Run;

    const offline = await preview({
      program: directory,
      stack: "dev",
      policyPacks: [{ dir: recorder }, { dir: ports }],
      env: { EVENKEEL_RECORD: offlineRecording, PULUMI_CONFIG_PASSPHRASE: "" },
    });

    // The stack itself and something in it, as inputs and as state.
    const calls = new Set(readRecording(recording).map(({ call, type }) => `${call} ${type}`));
    expect(calls.size).toBeGreaterThanOrEqual(4);
    expect(ordered(readRecording(offlineRecording))).toEqual(ordered(readRecording(recording)));
    expect(placesOffline(offline)).toEqual(placesOfEngine(readRecording(recording)));
    expect(findingsOffline(offline)).toEqual(findingsOfEngine(policyEvents(engine.events)));
    expect(offline.outcome).toBe(engine.code === 0 ? "passed" : "blocked");
  });
});
