import type { PackProcess } from "../../../policy-packs/service-traffic/test/pack-process";
import { STACK, type WireResource } from "../../../policy-packs/service-traffic/test/wire";
import { held, timing } from "../src/measure";
import { cpuOf } from "./boot";
import { against, ratios, type Samples } from "./report";

export type Packs = Readonly<Record<string, PackProcess>>;

const ROUNDS = 7;

/**
 * Processor time of each pack's process, in turn, round after round, so that a machine that slows down slows all. The first round
 * warms up. What the client and other programs take is nobody's here.
 */
async function interleaved(
  packs: Packs,
  names: readonly string[],
  run: (pack: PackProcess) => Promise<unknown>,
): Promise<Readonly<Record<string, Samples>>> {
  const taken = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, samples] of taken) {
      const pack = packs[name];
      if (!pack) continue;
      const before = cpuOf(pack.pid);
      await run(pack);
      if (round > 0) samples.push(cpuOf(pack.pid) - before);
    }
  return Object.fromEntries([...taken].filter(([, samples]) => samples.length > 0));
}

/** One resource after the other. */
export async function measureAnalyze(packs: Packs, stack: readonly WireResource[]): Promise<void> {
  const { ours, empty, ...others } = await interleaved(
    packs,
    ["ours", "empty", "one rule", "AWSGuard"],
    async (pack) => {
      for (const resource of [STACK, ...stack]) await pack.analyze(resource);
    },
  );
  held(
    "Analyze",
    timing(ratios(ours, empty)).median,
    1.1,
    "×",
    against("as many empty typed policies", ours, empty),
  );
  for (const [name, theirs] of Object.entries(others))
    console.log(`  Analyze: ${against(name, ours, theirs)}`);
}

/** All resources at once. */
export async function measureAnalyzeStack(packs: Packs, stack: readonly WireResource[]): Promise<void> {
  const names = ["ours", "one stack policy", "AWSGuard"];
  const whole = await interleaved(packs, names, (pack) => pack.analyzeStack([STACK, ...stack]));
  const { ours, "one stack policy": one, ...others } = whole;
  held("AnalyzeStack", timing(ratios(ours, one)).median, 1.6, "×", against("one stack policy", ours, one));
  for (const [name, theirs] of Object.entries(others))
    console.log(`  AnalyzeStack: ${against(name, ours, theirs)}`);
}
