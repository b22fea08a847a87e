/**
 * Counts by domain of a topology, such as the matching pods in each zone. A node with domain -1 is not counted. The last cell of
 * `counts` holds how many times something was counted at all: "nothing matched" is not the same as "the weights sum to zero".
 */
export interface Counter {
  readonly domain: Int32Array;
  readonly counts: Int32Array;
}

/** What one more pod of some kind on a node adds to a counter. */
export interface Tally {
  readonly counter: Counter;
  readonly weight: number;
}

export function tally({ counter: { domain, counts }, weight }: Tally, node: number, sign: 1 | -1): void {
  const where = domain[node]!;
  if (where < 0) return;
  counts[where]! += sign * weight;
  counts[counts.length - 1]! += sign;
}

export function everCounted({ counts }: Counter): boolean {
  return counts[counts.length - 1] !== 0;
}

export function counterOver(domain: Int32Array, domains: number): Counter {
  return { domain, counts: new Int32Array(domains + 1) };
}

/** A function that puts the counters back to what they are now; a counter that is made later returns to nothing. */
export function checkpointCounters(counters: () => readonly Counter[]): () => void {
  const saved = new Map(counters().map((counter) => [counter, counter.counts.slice()]));
  return () => {
    for (const counter of counters()) {
      const before = saved.get(counter);
      if (before) counter.counts.set(before);
      else counter.counts.fill(0);
    }
  };
}
