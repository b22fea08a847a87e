import { spawnSync } from "node:child_process";

/** Median, least and most of some measurements, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function timing(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median =
    sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

/** Wall time of a function, in milliseconds. */
export function clock(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Wall time of a fresh Node process, in milliseconds; fails loudly if the process does. */
export function nodeProcess(args: readonly string[]): number {
  return commandTime(process.execPath, args, [0]);
}

const MOST_OUTPUT = 256 * 1024 ** 2;

/** Wall time of a process, in milliseconds; fails loudly where it exits with a code that is not `allowed`. */
export function commandTime(command: string, args: readonly string[], allowed: readonly number[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, [...args], { encoding: "utf8", maxBuffer: MOST_OUTPUT });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (!allowed.includes(status ?? -1))
    throw new Error(
      `${command} ${args.slice(0, 8).join(" ")} exited with ${status}: ${stderr.slice(0, 2000)}`,
    );
  return took;
}

/** Runs A and B in turn, so that a machine that slows down slows both. */
export function interleaved(
  rounds: number,
  a: () => number,
  b: () => number,
): { readonly a: Timing; readonly b: Timing; readonly ratio: Timing } {
  const pairs = Array.from({ length: rounds }, () => [a(), b()] as const);
  return {
    a: timing(pairs.map(([one]) => one)),
    b: timing(pairs.map(([, other]) => other)),
    ratio: timing(pairs.map(([one, other]) => one / other)),
  };
}

export function show({ median, least, most }: Timing, unit = "ms", digits = 1): string {
  return `${median.toFixed(digits)} ${unit} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

let missed = 0;

/** Prints a figure beside its target, and remembers a miss. */
export function held(name: string, value: number, target: number, unit: string, detail: string): void {
  const met = value <= target;
  if (!met) missed += 1;
  console.log(
    `${met ? "✓" : "✗"} ${name}: ${value.toFixed(2)} ${unit}, target ≤ ${target} ${unit}; ${detail}`,
  );
}

/** How many targets were missed so far. */
export function misses(): number {
  return missed;
}
