import { held, show, timing } from "../src/measure";
import { boot, type Boot } from "./boot";

const STARTS = 21;

/** Starts packs in turn, each in a fresh process, until they answer for the first time. */
export async function measureStarts(folders: Readonly<Record<string, string>>): Promise<void> {
  const starts = new Map(Object.keys(folders).map((name): [string, Boot[]] => [name, []]));
  for (let round = 0; round < STARTS; round += 1)
    for (const [name, folder] of Object.entries(folders)) starts.get(name)?.push(await boot(folder));
  const samples = (name: string, of: keyof Boot) => (starts.get(name) ?? []).map((one) => one[of]);
  const above = (of: keyof Boot) =>
    timing(samples("ours", of).map((ours, round) => ours - (samples("minimal", of)[round] ?? Number.NaN)))
      .median;
  const each = (of: keyof Boot, unit: string) =>
    [...starts.keys()].map((name) => `${name} ${show(timing(samples(name, of)), unit, 0)}`).join(", ");
  const detail = (of: keyof Boot, unit: string) => `${each(of, unit)}, ${STARTS} starts`;
  held(
    "boot, processor time above a minimal pack",
    above("cpuMilliseconds"),
    40,
    "ms",
    detail("cpuMilliseconds", "ms"),
  );
  held(
    "boot, memory above a minimal pack",
    above("residentMegabytes"),
    20,
    "MB",
    detail("residentMegabytes", "MB"),
  );
  console.log(`  boot until the first answer: ${each("wallMilliseconds", "ms")}`);
}
