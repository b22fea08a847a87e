import type { Endpoint } from "../model/endpoint";
import { isReadyNode, type Node, ZONE_LABEL } from "../model/node";
import { isReady } from "./conditions";

/** A zone may be asked to carry this much more per endpoint than its fair share before hints are dropped. */
export const OVERLOAD_THRESHOLD = 0.2;

/** Nodes with one of these labels do not count towards the CPU of their zone. */
const EXCLUDED_NODES = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

/** Why topology-mode Auto gives no hints. */
export type AutoOffReason =
  "insufficientNodeInfo" | "insufficientEndpoints" | "overloadThreshold" | "endpointWithoutZone";

export interface AutoOff {
  readonly reason: AutoOffReason;
  /** Message of the event `TopologyAwareHintsDisabled`, without its address type. */
  readonly message: string;
}

export type AutoHints = { readonly endpoints: readonly Endpoint[]; readonly off?: AutoOff };

/** How many endpoints a zone must have, may have and should have, by its share of the CPU. */
export interface ZoneAllocation {
  readonly minimum: number;
  readonly maximum: number;
  /** Not whole; at least `minimum`. */
  readonly desired: number;
}

/**
 * Hints of `service.kubernetes.io/topology-mode: Auto`: endpoints are shared among zones by the allocatable CPU of their
 * nodes. All or nothing: where the shares cannot be met, every hint is removed and `off` says why. Endpoints that are not
 * ready keep what they carry. The controller breaks ties by the order of a Go map, at random; here the first zone by name
 * wins. Source: k8s.io/endpointslice topologycache/topologycache.go `AddHints`, utils.go.
 */
export function autoHints(endpoints: readonly Endpoint[], nodes: readonly Node[]): AutoHints {
  const ready = endpoints.filter(isReady);
  const allocations = zoneAllocations(nodes, ready.length);
  if ("reason" in allocations) return off(endpoints, allocations);
  if (ready.some(({ zone }) => !zone))
    return off(endpoints, {
      reason: "endpointWithoutZone",
      message: "One or more endpoints do not have a zone specified",
    });
  const { giving, receiving } = transfers(allocations, countZones(ready));
  return {
    endpoints: endpoints.map((endpoint) =>
      isReady(endpoint) ? place(endpoint, giving, receiving) : endpoint,
    ),
  };
}

function off(endpoints: readonly Endpoint[], why: AutoOff): AutoHints {
  return { endpoints: endpoints.map(withoutHints), off: why };
}

export function withoutHints(endpoint: Endpoint): Endpoint {
  return endpoint.hints ? { ...endpoint, hints: undefined } : endpoint;
}

/** What every zone gets of `count` endpoints, or why it cannot be shared. */
export function zoneAllocations(
  nodes: readonly Node[],
  count: number,
): ReadonlyMap<string, ZoneAllocation> | AutoOff {
  const ratios = cpuRatios(nodes);
  if (!ratios)
    return {
      reason: "insufficientNodeInfo",
      message: "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes",
    };
  const shape = `(${count} endpoints, ${ratios.size} zones)`;
  if (ratios.size > count)
    return { reason: "insufficientEndpoints", message: `Insufficient number of endpoints ${shape}` };
  const shares = [...ratios].map(([zone, ratio]) => {
    const fair = ratio * count;
    const minimum = Math.ceil(fair * (1 / (1 + OVERLOAD_THRESHOLD)));
    return { zone, minimum, desired: Math.max(fair, minimum) };
  });
  const spare = count - shares.reduce((sum, { minimum }) => sum + minimum, 0);
  if (spare < 0)
    return {
      reason: "overloadThreshold",
      message: `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${shape}`,
    };
  return new Map(
    shares.map(({ zone, minimum, desired }) => [zone, { minimum, maximum: minimum + spare, desired }]),
  );
}

/**
 * Part of the allocatable CPU that lies in each zone. Undefined with fewer than two zones, and as soon as one node that is
 * ready and counts lacks a zone or CPU. Source: `SetNodes`.
 */
export function cpuRatios(nodes: readonly Node[]): ReadonlyMap<string, number> | undefined {
  const byZone = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    if (EXCLUDED_NODES.some((label) => label in node.labels) || !isReadyNode(node)) continue;
    const zone = node.labels[ZONE_LABEL];
    const cpu = node.allocatable["cpu"];
    if (!zone || !cpu) return undefined;
    total += cpu;
    byZone.set(zone, (byZone.get(zone) ?? 0) + cpu);
  }
  if (byZone.size < 2) return undefined;
  const zones = [...byZone].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(zones.map(([zone, cpu]) => [zone, cpu / total]));
}

function countZones(endpoints: readonly Endpoint[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { zone = "" } of endpoints) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return counts;
}

type Counts = Map<string, number>;

/**
 * How many endpoints each zone gives away and takes in: one at a time from the zone with most to spare to the one that lacks
 * most, until both are off by less than one or either by less than a half. Zones without nodes neither give nor take.
 * Source: `getGivingAndReceivingZones`.
 */
function transfers(
  allocations: ReadonlyMap<string, ZoneAllocation>,
  own: ReadonlyMap<string, number>,
): { giving: Counts; receiving: Counts } {
  const surplus: Counts = new Map();
  const lack: Counts = new Map();
  for (const [zone, { desired }] of allocations) {
    const have = own.get(zone) ?? 0;
    if (have > desired) surplus.set(zone, have - desired);
    else if (have < desired) lack.set(zone, desired - have);
  }
  const giving: Counts = new Map();
  const receiving: Counts = new Map();
  for (;;) {
    const from = most(surplus);
    const to = most(lack);
    if (!from || !to || (from.amount < 1 && to.amount < 1) || from.amount < 0.5 || to.amount < 0.5)
      return { giving, receiving };
    add(giving, from.zone, 1);
    add(surplus, from.zone, -1);
    add(receiving, to.zone, 1);
    add(lack, to.zone, -1);
  }
}

function most(amounts: Counts): { zone: string; amount: number } | undefined {
  let found: { zone: string; amount: number } | undefined;
  for (const [zone, amount] of amounts) if (amount > (found?.amount ?? 0)) found = { zone, amount };
  return found;
}

function add(counts: Counts, zone: string, by: number): void {
  counts.set(zone, (counts.get(zone) ?? 0) + by);
}

/** Hints one endpoint: its own zone, or a zone that takes in while its own still gives. Counts the move. */
function place(endpoint: Endpoint, giving: Counts, receiving: Counts): Endpoint {
  const own = endpoint.zone ?? "";
  const taker =
    (giving.get(own) ?? 0) > 0 ? [...receiving.keys()].sort().find((zone) => receiving.get(zone)) : undefined;
  if (taker === undefined) return { ...endpoint, hints: { forZones: [own] } };
  add(giving, own, -1);
  add(receiving, taker, -1);
  return { ...endpoint, hints: { forZones: [taker] } };
}
