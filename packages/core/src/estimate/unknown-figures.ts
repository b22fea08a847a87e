import { isUnknown, unknownAt, type Knowable } from "../model";
import type { Share } from "./estimate";
import type { Figures } from "./summarise";

/** Figures of one side under one of the ways that its load balancer may treat it, with one placement that stands for them. */
export type SideFigures = Figures & { readonly shares: readonly Share[] };

/** The same, where what is in front decides and is not known. */
export type KnowableFigures = {
  readonly [K in keyof SideFigures as K extends "nodesServing" ? never : K]: Knowable<
    NonNullable<SideFigures[K]>
  >;
} & Pick<SideFigures, "nodesServing">;

/** Figures that need the load balancer; how many nodes have a pod does not. */
const OF_THE_FRONT = [
  "hottest",
  "usableCapacity",
  "targets",
  "targetsHealthy",
  "dropped",
  "crossNode",
  "crossZone",
  "shares",
] as const;

/**
 * Every figure on which all ways agree; what they differ in is unknown. Without any way, all that depends on the front is, and
 * `nodesServing` are the nodes with pods.
 */
export function agreed(
  ways: readonly SideFigures[],
  nodesServing: SideFigures["nodesServing"],
): KnowableFigures {
  const [first, ...others] = ways;
  const figures: Record<string, unknown> = { ...first, nodesServing: first?.nodesServing ?? nodesServing };
  for (const name of OF_THE_FRONT) {
    const same = first !== undefined && others.every((one) => sameValue(one[name], first[name]));
    if (!same) figures[name] = unknownAt(name);
  }
  // Every name of the record has been given its value or an unknown.
  return figures as KnowableFigures;
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The value of a figure, where it is known. */
export function known<T>(value: Knowable<T> | undefined): T | undefined {
  return value === undefined || isUnknown(value) ? undefined : value;
}
