import { show, timing } from "../src/measure";

let missed = 0;

/** Prints a figure beside its target. */
export function held(name: string, value: number, target: number, unit: string, detail: string): void {
  const met = value <= target;
  if (!met) missed += 1;
  console.log(`${met ? "✓" : "✗"} ${name}: ${value.toFixed(2)}${unit}, target ≤ ${target}${unit}; ${detail}`);
}

/** How many targets were missed so far. */
export function misses(): number {
  return missed;
}

export type Samples = readonly number[];

/** Ours by theirs, round by round. */
export function ratios(ours: Samples = [], theirs: Samples = []): Samples {
  return ours.map((milliseconds, round) => milliseconds / (theirs[round] ?? Number.NaN));
}

/** `1.05 × (1.01 to 1.20) of AWSGuard: …`. */
export function against(name: string, ours: Samples = [], theirs: Samples = []): string {
  const rounds = `${ours.length} rounds`;
  return `${show(timing(ratios(ours, theirs)), "×", 2)} of ${name}: ${show(timing(ours))} against ${show(timing(theirs))}, ${rounds}`;
}
