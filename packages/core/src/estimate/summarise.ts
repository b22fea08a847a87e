import { zoneOf, type Node } from "../model";
import type { Estimate, Share } from "./estimate";
import { figure, fixed } from "./figure";
import type { Trial } from "./trial";

type Figures = Pick<
  Estimate,
  "hottest" | "usableCapacity" | "nodesServing" | "dropped" | "crossNode" | "crossZone" | "targetsHealthy"
>;

const NONE = fixed(0);

/** The figures of the trials of one side. */
export function figuresOf(trials: readonly Trial[]): Figures {
  // `hottest` has no meaning where nothing arrives; `dropped` says so.
  const heat = trials.flatMap((one) => (one.hottest === undefined ? [] : [one.hottest]));
  return {
    hottest: figure(heat, "high"),
    usableCapacity: figure(
      heat.map((ratio) => 1 / ratio),
      "low",
    ),
    nodesServing:
      figure(
        trials.map((one) => one.nodesServing),
        "low",
      ) ?? NONE,
    targetsHealthy:
      figure(
        trials.map((one) => one.targetsHealthy),
        "low",
      ) ?? NONE,
    dropped:
      figure(
        trials.map((one) => one.spread.dropped),
        "high",
      ) ?? NONE,
    crossNode:
      figure(
        trials.map((one) => one.spread.crossNode),
        "high",
      ) ?? NONE,
    crossZone:
      figure(
        trials.map((one) => one.spread.crossZone),
        "high",
      ) ?? NONE,
  };
}

/** The placement in the middle, by its hottest pod: what a reader should picture. */
export function typical<T extends { readonly hottest: number | undefined }>(trials: readonly T[]): number {
  const order = trials
    .map((one, index) => ({ index, heat: one.hottest ?? Infinity }))
    .sort((a, b) => a.heat - b.heat);
  return order[Math.floor((order.length - 1) / 2)]?.index ?? 0;
}

export function sharesOf(
  pods: readonly number[],
  { spread }: Trial,
  nodes: readonly Node[],
): readonly Share[] {
  return pods.flatMap((count, index): Share[] => {
    const node = nodes[index];
    if (count === 0 || !node) return [];
    const zone = zoneOf(node);
    return [
      { node: node.name, ...(zone ? { zone } : {}), pods: count, share: (spread.toNode[index] ?? 0) / count },
    ];
  });
}
