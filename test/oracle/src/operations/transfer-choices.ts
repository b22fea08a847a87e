import type { Endpoint, Node } from "@evenkeel/core";
import { isReady, type ZoneAllocation, zoneAllocations } from "@evenkeel/core/routing";
import type { ToldHints } from "./told-hints";

type Counts = ReadonlyMap<string, number>;

/**
 * Whether topology-mode Auto could give these hints in some order of its Go maps: the zones with equally much to give or to
 * take may be chosen in any order, and an endpoint that moves may go to any zone that still takes.
 * Core says how much each zone ought to have; who moves where is searched here, over all choices.
 */
export function attainable(
  { nodes, endpoints }: { readonly nodes: readonly Node[]; readonly endpoints: readonly Endpoint[] },
  hints: readonly (ToldHints | null)[],
): boolean {
  const ready = endpoints.filter(isReady);
  const allocations = zoneAllocations(nodes, ready.length);
  if ("reason" in allocations) return false;
  const given = new Map<string, number>();
  const taken = new Map<string, number>();
  const stays = new Set<string>();
  for (const [index, endpoint] of endpoints.entries()) {
    const told = hints[index];
    if (!isReady(endpoint)) continue;
    const [to, ...more] = told?.forZones ?? [];
    const from = endpoint.zone ?? "";
    if (to === undefined || more.length > 0 || (told?.forNodes.length ?? 0) > 0) return false;
    if (to === from) {
      stays.add(from);
      continue;
    }
    // A zone gives its first endpoints away: none moves after one that stayed.
    if (stays.has(from)) return false;
    bump(given, from, 1);
    bump(taken, to, 1);
  }
  return reaches(allocations, countZones(ready), given, taken);
}

function reaches(
  allocations: ReadonlyMap<string, ZoneAllocation>,
  own: Counts,
  given: Counts,
  taken: Counts,
): boolean {
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const difference = (own.get(zone) ?? 0) - desired;
    if (difference > 0) surplus.set(zone, difference);
    if (difference < 0) lack.set(zone, -difference);
  }
  const step = (from: Counts, to: Counts, giving: Counts, taking: Counts): boolean => {
    const [givers, mostGiven] = largest(from);
    const [takers, mostTaken] = largest(to);
    const over =
      givers.length === 0 ||
      takers.length === 0 ||
      (mostGiven < 1 && mostTaken < 1) ||
      mostGiven < 0.5 ||
      mostTaken < 0.5;
    // Prune what already moved more than the answer did.
    if (!within(giving, given) || !within(taking, taken)) return false;
    if (over) return within(given, giving) && within(taken, taking);
    return givers.some((giver) =>
      takers.some((taker) =>
        step(plus(from, giver, -1), plus(to, taker, -1), plus(giving, giver, 1), plus(taking, taker, 1)),
      ),
    );
  };
  return step(surplus, lack, new Map(), new Map());
}

/** The zones with the largest amount above nothing, and that amount. */
function largest(amounts: Counts): readonly [readonly string[], number] {
  const most = Math.max(0, ...amounts.values());
  return [most > 0 ? [...amounts].filter(([, amount]) => amount === most).map(([zone]) => zone) : [], most];
}

function within(part: Counts, whole: Counts): boolean {
  return [...part].every(([zone, amount]) => amount <= (whole.get(zone) ?? 0));
}

function plus(counts: Counts, zone: string, by: number): Counts {
  return new Map(counts).set(zone, (counts.get(zone) ?? 0) + by);
}

function bump(counts: Map<string, number>, zone: string, by: number): void {
  counts.set(zone, (counts.get(zone) ?? 0) + by);
}

function countZones(endpoints: readonly Endpoint[]): Counts {
  const counts = new Map<string, number>();
  for (const { zone = "" } of endpoints) bump(counts, zone, 1);
  return counts;
}
