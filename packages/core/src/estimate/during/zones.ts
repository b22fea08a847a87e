import type { Flow } from "./flow";
import type { Watched } from "./watch";

/** A moment with the fraction of new connections that still go to zones which have nothing left to send to. */
export interface Zoned<T> extends Watched<T> {
  readonly stale: number;
}

/**
 * Clients that pick a zone from DNS still go to one that has lost its last target, for as long as they keep the answer; the zones that
 * are known share evenly. Cuts the moments finer where an answer is forgotten.
 *
 * @param zonesOf zones that are sent to
 * @param seconds that an answer is kept; 0 where zones make no difference
 */
export function withStaleZones<T>(
  watched: readonly Watched<T>[],
  zonesOf: (entrance: T) => ReadonlySet<string | undefined>,
  seconds: number,
): readonly Zoned<T>[] {
  if (seconds === 0) return watched.map((one) => ({ ...one, stale: 0 }));
  const forgotten = new Map<string | undefined, number>();
  let before: ReadonlySet<string | undefined> = new Set();
  return watched.flatMap(({ at, entrance }, index): readonly Zoned<T>[] => {
    const zones = zonesOf(entrance);
    for (const zone of before) if (!zones.has(zone)) forgotten.set(zone, at + seconds);
    for (const zone of zones) forgotten.delete(zone);
    before = zones;
    const until = watched[index + 1]?.at ?? Infinity;
    const cuts = [...new Set(forgotten.values())].filter((cut) => cut > at && cut < until);
    return [at, ...cuts.sort((a, b) => a - b)].map((from) => {
      const stale = [...forgotten.values()].filter((end) => from < end).length;
      return { at: from, entrance, stale: stale === 0 ? 0 : stale / (zones.size + stale) };
    });
  });
}

/** What arrives nowhere is dropped; the rest goes its way. */
export function lessStale({ dropped, most, ...flow }: Flow, stale: number): Flow {
  return { ...flow, dropped: stale + (1 - stale) * dropped, most: (1 - stale) * most };
}

/** Zones of the nodes at these indices. */
export function zonesAt(
  zones: readonly (string | undefined)[],
  indices: readonly number[],
): ReadonlySet<string | undefined> {
  return new Set(indices.map((index) => zones[index]));
}
