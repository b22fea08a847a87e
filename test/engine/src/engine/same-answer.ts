import { join } from "node:path";
import { preview, type InvokeTable, type PreviewResult, type PropertyMap } from "@evenkeel/offline";
import { findingsOfEngine, findingsOffline, ordered, placesOfEngine, placesOffline } from "./comparison";
import { policyEvents } from "./events";
import { fixturePack } from "./project";
import { readRecording, type Recorded } from "./recording";
import type { Sandbox } from "./sandbox";
import type { Run, Stack } from "./stack";

export interface Answers {
  readonly invokes?: InvokeTable;
  readonly stackReferences?: Readonly<Record<string, PropertyMap>>;
}

/** One program, previewed with the same packs by the real engine and by `packages/offline`. */
export interface TwoPreviews {
  readonly engine: Run & { readonly recording: readonly Recorded[] };
  readonly offline: PreviewResult & { readonly recording: readonly Recorded[] };
}

export async function previewTwice(
  sandbox: Sandbox,
  stack: Stack,
  packs: readonly string[],
  answers: Answers = {},
): Promise<TwoPreviews> {
  const recorder = fixturePack(sandbox, "recorder", "recorder");
  const [engineFile, offlineFile] = ["engine", "offline"].map((by) =>
    join(stack.directory, `${by}.jsonl`),
  ) as [string, string];
  const policyPacks = [...packs, recorder];
  const engine = await stack.preview({ policyPacks, env: { EVENKEEL_RECORD: engineFile } });
  const offline = await preview({
    program: stack.directory,
    stack: stack.name,
    policyPacks: policyPacks.map((dir) => ({ dir })),
    env: { EVENKEEL_RECORD: offlineFile, PULUMI_CONFIG_PASSPHRASE: "" },
    ...answers,
  });
  return {
    engine: { ...engine, recording: readRecording(engineFile) },
    offline: { ...offline, recording: readRecording(offlineFile) },
  };
}

/** Every difference is a defect of `packages/offline`: the engine decides. */
export function expectSameAnswer({ engine, offline }: TwoPreviews): void {
  // The stack itself and something in it, as inputs and as state.
  expect(new Set(engine.recording.map((one) => `${one.call} ${one.type}`)).size).toBeGreaterThanOrEqual(4);
  expect(ordered(offline.recording)).toEqual(ordered(engine.recording));
  expect(placesOffline(offline)).toEqual(placesOfEngine(engine.recording));
  expect(findingsOffline(offline)).toEqual(findingsOfEngine(policyEvents(engine.events)));
  expect(offline.outcome).toBe(engine.code === 0 ? "passed" : "blocked");
}
