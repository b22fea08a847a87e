import { figure, hottest, occupancies, spread, TOLERANCE, type Reach } from "../estimate";
import { groundOf } from "../estimate/data-path";
import { zoneOf, type Exposure } from "../model";

/** Placements at each count, for a glance. */
const GLANCES = 20;

/** Counts one by one from the lowest, where an even spread over few zones is worst, and from there as many again at even distances. */
const ONE_BY_ONE = 16;

/** How connections may come to the nodes and go on from there: what the load balancers and topology modes have between them. */
const WAYS: readonly { readonly reach: Reach; readonly byZone: boolean; readonly servingOnly: boolean }[] = (
  ["local", "sameNode", "sameZone"] as const
).flatMap((reach) => [false, true].map((byZone) => ({ reach, byZone, servingOnly: reach === "local" })));

/**
 * The counts between `min` and `max` at which the pods turn out hottest, one for each way that connections may take. No arithmetic
 * tells them: zones, the nodes in each and what these already run all have a say, so they are looked for.
 */
export function hottestCounts(
  min: number,
  max: number,
  seed: number,
  exposureAt: (count: number) => Exposure,
): readonly number[] {
  const worst = WAYS.map(() => ({ heat: 0, count: min }));
  for (const count of glancedAt(min, max)) {
    heatsOf(exposureAt(count), seed).forEach((heat, way) => {
      if (heat > (worst[way]?.heat ?? 0) + TOLERANCE) worst[way] = { heat, count };
    });
  }
  return [...new Set(worst.map(({ count }) => count))];
}

function glancedAt(min: number, max: number): readonly number[] {
  const near = Array.from({ length: Math.min(ONE_BY_ONE, max - min + 1) }, (_, index) => min + index);
  const rest = max - min + 1 - near.length;
  const step = Math.max(1, Math.ceil(rest / ONE_BY_ONE));
  const far = Array.from({ length: Math.floor(rest / step) }, (_, index) => max - index * step).reverse();
  return [...near, ...far];
}

/** The multiple of its fair share that the hottest pod gets on each of the ways, as requirements look at it. */
function heatsOf(exposure: Exposure, seed: number): readonly number[] {
  const { nodes } = exposure.cluster;
  const ground = groundOf(nodes);
  const zones = nodes.map(zoneOf);
  const placements = occupancies(exposure, exposure.cluster, { trials: GLANCES, seed });
  return WAYS.map(({ reach, byZone, servingOnly }) => {
    const heats = placements.map(({ podsOnNode }) => {
      const entered = nodes.flatMap((_, node) => (!servingOnly || (podsOnNode[node] ?? 0) > 0 ? [node] : []));
      const entering = evenly(entered, nodes.length, byZone ? zones : nodes.map(() => undefined));
      return hottest(podsOnNode, spread(podsOnNode, entering, reach, ground)) ?? 0;
    });
    return figure(heats, "high")?.p95 ?? 0;
  });
}

/** Evenly over the zones that are entered, and within each over its nodes. */
function evenly(
  entered: readonly number[],
  size: number,
  zones: readonly (string | undefined)[],
): readonly number[] {
  const inZone = new Map<string | undefined, number>();
  for (const node of entered) inZone.set(zones[node], (inZone.get(zones[node]) ?? 0) + 1);
  const entering = new Array<number>(size).fill(0);
  for (const node of entered) entering[node] = 1 / inZone.size / (inZone.get(zones[node]) ?? 1);
  return entering;
}
