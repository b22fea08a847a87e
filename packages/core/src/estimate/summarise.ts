import { zoneOf, type Node } from "../model";
import type { Share } from "./estimate";
import { fixed, weightedFigure, type Figure } from "./figure";
import type { Spread } from "./spread";
import type { Trial } from "./trial";

/** The figures of the trials of one side. */
export interface Figures {
  /** Absent without pods, or when all is dropped. */
  readonly hottest?: Figure;
  readonly usableCapacity?: Figure;
  readonly nodesServing: Figure;
  readonly targets: Figure;
  readonly targetsHealthy: Figure;
  readonly dropped: Figure;
  readonly crossNode: Figure;
  readonly crossZone: Figure;
}

export function figuresOf(trials: readonly Trial[]): Figures {
  const over = (bad: "high" | "low", of: (trial: Trial) => number): Figure =>
    weightedFigure(
      trials.map((one) => ({ value: of(one), weight: one.probability })),
      bad,
    ) ?? fixed(0);
  // `hottest` has no meaning where nothing arrives; `dropped` says so.
  const arriving = trials.flatMap(({ hottest, probability }) =>
    hottest === undefined ? [] : [{ value: hottest, weight: probability }],
  );
  const hottest = weightedFigure(arriving, "high");
  const usable = weightedFigure(
    arriving.map(({ value, weight }) => ({ value: 1 / value, weight })),
    "low",
  );
  return {
    ...(hottest ? { hottest } : {}),
    ...(usable ? { usableCapacity: usable } : {}),
    nodesServing: over("low", (one) => one.nodesServing),
    targets: over("low", (one) => one.targets),
    targetsHealthy: over("low", (one) => one.targetsHealthy),
    dropped: over("high", (one) => one.spread.dropped),
    crossNode: over("high", (one) => one.spread.crossNode),
    crossZone: over("high", (one) => one.spread.crossZone),
  };
}

/** The trial in the middle, by its hottest pod: what a reader should picture. */
export function typical<T extends { readonly hottest: number | undefined }>(trials: readonly T[]): number {
  const order = trials
    .map((one, index) => ({ index, heat: one.hottest ?? Infinity }))
    .sort((a, b) => a.heat - b.heat);
  return order[Math.floor((order.length - 1) / 2)]?.index ?? 0;
}

export function sharesOf(
  pods: readonly number[],
  { spread }: Pick<Trial, "spread">,
  nodes: readonly Node[],
): readonly Share[] {
  return alike(pods, spread).flatMap(({ node: index, pods: count, share }): Share[] => {
    const node = nodes[index];
    if (!node) return [];
    const zone = zoneOf(node);
    return [{ node: node.name, ...(zone ? { zone } : {}), pods: count, share }];
  });
}

/** The pods of a placement, those together that receive the same. */
export function alike(
  pods: readonly number[],
  { toNode, groups }: Pick<Spread, "toNode" | "groups">,
): NonNullable<Spread["groups"]> {
  return (
    groups ??
    pods.flatMap((count, node) =>
      count === 0 ? [] : [{ node, pods: count, share: (toNode[node] ?? 0) / count }],
    )
  );
}
