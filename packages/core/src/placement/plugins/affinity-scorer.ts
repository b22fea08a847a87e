import type { Labels } from "../../model";
import { counterOver, everCounted, type Counter, type Tally } from "../counter";
import type { NodeTable } from "../node-table";
import { termMatches, type PodFacts, type WeightedTerm } from "../pod-facts";
import { MAX_SCORE, type NodeScorer, type Tallies } from "./plugin";

export interface AffinityScorer extends NodeScorer {
  readonly tallies: Tallies;
  readonly counters: () => readonly Counter[];
}

/** What a required affinity term of a pod already there is worth to the pod that it wants near (hardPodAffinityWeight). */
const REQUIRED_TERM_WEIGHT = 1;

/**
 * Preferences between pods, in both directions, summed by domain and scaled between the least and the most preferred node
 * (k/k plugins/interpodaffinity/scoring.go). Skipped while no term matches anything.
 */
export function affinityScorer(table: NodeTable, pod: PodFacts, namespaceLabels: Labels): AffinityScorer {
  const sums = new Map<string, Counter>();
  let list: readonly Counter[] = [];
  const sumOver = (key: string): Counter => {
    const known = sums.get(key);
    if (known) return known;
    const domains = table.domains(key);
    const counter = counterOver(domains.of, domains.size);
    sums.set(key, counter);
    list = [...sums.values()];
    return counter;
  };
  const worth = ({ term, weight }: WeightedTerm): Tally => ({ counter: sumOver(term.topologyKey), weight });

  return {
    name: "InterPodAffinity",
    score: (feasible, count, _load, scores) => {
      if (!list.some(everCounted)) return false;
      let least = Number.MAX_SAFE_INTEGER;
      let most = Number.MIN_SAFE_INTEGER;
      for (let index = 0; index < count; index++) {
        const node = feasible[index]!;
        let sum = 0;
        for (const { domain, counts } of list) if (domain[node]! >= 0) sum += counts[domain[node]!]!;
        scores[index] = sum;
        if (sum < least) least = sum;
        if (sum > most) most = sum;
      }
      const range = most - least;
      for (let index = 0; index < count; index++) {
        scores[index] = range > 0 ? Math.trunc(MAX_SCORE * ((scores[index]! - least) / range)) : 0;
      }
      return true;
    },
    tallies: (other) => [
      ...pod.preferred.filter(({ term }) => termMatches(term, other, {})).map(worth),
      ...other.requiredAffinity
        .filter((term) => termMatches(term, pod, namespaceLabels))
        .map((term) => worth({ term, weight: REQUIRED_TERM_WEIGHT })),
      ...other.preferred.filter(({ term }) => termMatches(term, pod, namespaceLabels)).map(worth),
    ],
    counters: () => list,
  };
}
