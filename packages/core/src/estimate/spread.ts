/**
 * How traffic that enters the nodes spreads over the pods, on counts alone: pods of one workload on one node are alike, so a
 * prediction over many trials need not look at each endpoint. `routing.endpointsFor` on the same endpoints gives the same shares;
 * a property test holds the two together.
 */
export interface Ground {
  /** Zone of each node as a small number; -1 for a node without a zone. */
  readonly zoneOf: readonly number[];
  readonly zones: number;
  /** For topology-mode Auto, on the given pods by node: which the nodes of each zone use. Undefined where it gives no hints. */
  hinted?(pods: readonly number[]): HintedZones | undefined;
}

/** By zone: the pods on each node that are hinted for it. */
export type HintedZones = readonly (readonly number[])[];

/**
 * Which endpoints a node's kube-proxy uses: its own only (`local`), all of them (`cluster`), or those that topology hints leave
 * (`sameNode` falls back on the zone, `sameZone` on all, `hintedZone` is the allocation of topology-mode Auto).
 */
export type Reach = "local" | "cluster" | "sameNode" | "sameZone" | "hintedZone";

/** Where a unit of new connections went. `toNode[i]`: fraction that the pods of node i receive together. */
export interface Spread {
  readonly toNode: readonly number[];
  readonly dropped: number;
  readonly crossNode: number;
  readonly crossZone: number;
  /** Set where pods of one node receive different shares: those that are alike, each of which receives `share`. */
  readonly groups?: readonly { readonly node: number; readonly pods: number; readonly share: number }[];
}

/**
 * @param pods ready pods on each node
 * @param entering fraction of new connections that enters each node; sums to 1
 */
export function spread(
  pods: readonly number[],
  entering: readonly number[],
  reach: Reach,
  ground: Ground,
): Spread {
  const total = pods.reduce((sum, n) => sum + n, 0);
  const toNode = new Array<number>(pods.length).fill(0);
  if (total === 0) return { toNode, dropped: 1, crossNode: 0, crossZone: 0 };
  const inZone = new Array<number>(ground.zones).fill(0);
  let zoned = true;
  pods.forEach((n, node) => {
    const zone = ground.zoneOf[node] ?? -1;
    if (zone >= 0) inZone[zone] = (inZone[zone] ?? 0) + n;
    else if (n > 0) zoned = false;
  });

  if (reach === "hintedZone") return spreadByHints(pods, entering, ground);
  let dropped = 0;
  let crossNode = 0;
  let crossZone = 0;
  // What is spread over all pods, or over all pods of a zone, is added up first and dealt out once.
  let overAll = 0;
  const overZone = new Array<number>(ground.zones).fill(0);
  entering.forEach((fraction, node) => {
    if (fraction === 0) return;
    const own = pods[node] ?? 0;
    const zone = ground.zoneOf[node] ?? -1;
    const near = zone >= 0 ? (inZone[zone] ?? 0) : 0;
    if ((reach === "local" || reach === "sameNode") && own > 0) {
      toNode[node] = (toNode[node] ?? 0) + fraction;
    } else if (reach === "local") {
      dropped += fraction;
    } else if (reach !== "cluster" && zoned && near > 0) {
      overZone[zone] = (overZone[zone] ?? 0) + fraction;
      crossNode += fraction * (1 - own / near);
    } else {
      overAll += fraction;
      crossNode += fraction * (1 - own / total);
      if (zone >= 0) crossZone += fraction * (1 - near / total);
    }
  });
  pods.forEach((n, node) => {
    if (n === 0) return;
    const zone = ground.zoneOf[node] ?? -1;
    const ofZone =
      zone >= 0 && (inZone[zone] ?? 0) > 0 ? ((overZone[zone] ?? 0) * n) / (inZone[zone] ?? 1) : 0;
    toNode[node] = (toNode[node] ?? 0) + ofZone + (overAll * n) / total;
  });
  return { toNode, dropped, crossNode, crossZone };
}

/** A node uses the pods that are hinted for its zone; all pods where none is, or where there are no hints. */
function spreadByHints(pods: readonly number[], entering: readonly number[], ground: Ground): Spread {
  const hinted = ground.hinted?.(pods);
  if (!hinted) return spread(pods, entering, "cluster", ground);
  const sums = hinted.map(sum);
  const total = sum(pods);
  const overZone = new Array<number>(hinted.length).fill(0);
  let overAll = 0;
  let crossNode = 0;
  let crossZone = 0;
  entering.forEach((fraction, node) => {
    if (fraction === 0) return;
    const zone = ground.zoneOf[node] ?? -1;
    const isHinted = zone >= 0 && (sums[zone] ?? 0) > 0;
    if (isHinted) overZone[zone] = (overZone[zone] ?? 0) + fraction;
    else overAll += fraction;
    const used = isHinted ? (hinted[zone] ?? pods) : pods;
    const all = isHinted ? (sums[zone] ?? total) : total;
    crossNode += fraction * (1 - (used[node] ?? 0) / all);
    if (zone < 0) return;
    const near = used.reduce((n, count, at) => (ground.zoneOf[at] === zone ? n + count : n), 0);
    crossZone += fraction * (1 - near / all);
  });
  const groups = hinted.flatMap((ofZone, zone) => {
    const share = (overZone[zone] ?? 0) / Math.max(1, sums[zone] ?? 0) + overAll / total;
    return ofZone.flatMap((n, node) => (n > 0 ? [{ node, pods: n, share }] : []));
  });
  const toNode = new Array<number>(pods.length).fill(0);
  for (const { node, pods: n, share } of groups) toNode[node] = (toNode[node] ?? 0) + n * share;
  return { toNode, dropped: 0, crossNode, crossZone, groups };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}

/** The hottest pod's multiple of its fair share of what arrives; undefined without pods or when all is dropped. */
export function hottest(
  pods: readonly number[],
  { toNode, dropped, groups = [] }: Pick<Spread, "toNode" | "dropped" | "groups">,
): number | undefined {
  const total = pods.reduce((sum, n) => sum + n, 0);
  if (total === 0 || dropped >= 1) return undefined;
  let most = Math.max(0, ...groups.map(({ share }) => share));
  pods.forEach((n, node) => {
    if (n > 0) most = Math.max(most, (toNode[node] ?? 0) / n);
  });
  return (most * total) / (1 - dropped);
}
