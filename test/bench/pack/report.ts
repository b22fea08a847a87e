import { show, timing } from "../src/measure";

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
