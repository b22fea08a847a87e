import type { Labels } from "../../model";
import { counterOver, everCounted, type Counter, type Tally } from "../counter";
import type { NodeTable } from "../node-table";
import { termMatches, type AffinityTerm, type PodFacts } from "../pod-facts";
import type { NodeFilter, Tallies } from "./plugin";

export interface AffinityFilter extends NodeFilter {
  readonly tallies: Tallies;
  readonly counters: () => readonly Counter[];
}

const AFFINITY = "node(s) didn't match pod affinity rules";
const ANTI_AFFINITY = "node(s) didn't match pod anti-affinity rules";
const EXISTING = "node(s) didn't satisfy existing pods anti-affinity rules";

/** One counter a topology key, made when the first term needs it. */
function countersByKey(table: NodeTable): {
  readonly of: (key: string) => Counter;
  readonly all: readonly Counter[];
} {
  const made = new Map<string, Counter>();
  const all: Counter[] = [];
  return {
    of: (key) => {
      const known = made.get(key);
      if (known) return known;
      const domains = table.domains(key);
      const counter = counterOver(domains.of, domains.size);
      made.set(key, counter);
      all.push(counter);
      return counter;
    },
    all,
  };
}

/**
 * Required affinity and anti-affinity, the pod's own and that of the pods already there (k/k plugins/interpodaffinity/filtering.go).
 * `pod` carries its terms with their namespaces named.
 */
export function affinityFilter(table: NodeTable, pod: PodFacts, namespaceLabels: Labels): AffinityFilter {
  const near = countersByKey(table);
  const far = countersByKey(table);
  const unwanted = countersByKey(table);
  const nearKeys = pod.requiredAffinity.map(({ topologyKey }) => near.of(topologyKey));
  const farKeys = pod.requiredAntiAffinity.map(({ topologyKey }) => far.of(topologyKey));
  const isFirstOfItsKind = matchesAll(pod.requiredAffinity, pod);
  const unwantedKeys = unwanted.all;
  let noneYet = false;

  const failing = (node: number): string | undefined => {
    let found = true;
    for (const { domain, counts } of nearKeys) {
      const where = domain[node]!;
      if (where < 0) return AFFINITY;
      if (counts[where]! <= 0) found = false;
    }
    // The first of a group that wants to be together may go anywhere: else none of them could ever start.
    if (!found && !(noneYet && isFirstOfItsKind)) return AFFINITY;
    if (holdsAny(farKeys, node)) return ANTI_AFFINITY;
    return holdsAny(unwantedKeys, node) ? EXISTING : undefined;
  };

  return {
    name: "InterPodAffinity",
    begin: () => {
      noneYet = !nearKeys.some(everCounted);
      return nearKeys.length > 0 || farKeys.length > 0 || unwantedKeys.some(everCounted);
    },
    passes: (node) => failing(node) === undefined,
    reasons: (node) => [failing(node) ?? AFFINITY],
    resolvable: (node) => failing(node) !== AFFINITY,
    tallies: (other): readonly Tally[] => [
      ...(matchesAll(pod.requiredAffinity, other) ? nearKeys.map(once) : []),
      ...pod.requiredAntiAffinity.flatMap((term, index) =>
        termMatches(term, other, {}) ? [once(farKeys[index]!)] : [],
      ),
      ...other.requiredAntiAffinity.flatMap((term) =>
        termMatches(term, pod, namespaceLabels) ? [once(unwanted.of(term.topologyKey))] : [],
      ),
    ],
    counters: () => [...near.all, ...far.all, ...unwanted.all],
  };
}

/** An existing pod has to match every term at once. */
function matchesAll(terms: readonly AffinityTerm[], pod: PodFacts): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, {}));
}

function holdsAny(counters: readonly Counter[], node: number): boolean {
  for (const { domain, counts } of counters) {
    const where = domain[node]!;
    if (where >= 0 && counts[where]! > 0) return true;
  }
  return false;
}

function once(counter: Counter): Tally {
  return { counter, weight: 1 };
}
