import type { Counter } from "../counter";
import type { Domains, NodeTable } from "../node-table";
import type { PlacedPod } from "../pod-facts";
import type { NodeFilter, Tallies } from "./plugin";
import {
  includes,
  nodesWithAllKeys,
  podCounter,
  talliesOf,
  type Inclusion,
  type SpreadConstraint,
} from "./spread-constraints";

interface HardConstraint {
  readonly constraint: SpreadConstraint;
  readonly domains: Domains;
  readonly counter: Counter;
  /** Domains with at least one node that is counted. */
  readonly eligible: readonly number[];
  /** 1 if the pod itself would be counted. */
  readonly self: number;
}

export interface SpreadFilter extends NodeFilter {
  readonly tallies: Tallies;
  readonly counters: readonly Counter[];
}

const MISMATCH = "node(s) didn't match pod topology spread constraints";

/**
 * Constraints with DoNotSchedule: with the pod, no domain may hold more than `maxSkew` pods above the emptiest
 * (k/k plugins/podtopologyspread/filtering.go). Absent where there are none.
 */
export function spreadFilter(
  table: NodeTable,
  pod: PlacedPod,
  constraints: readonly SpreadConstraint[],
  inclusion: Inclusion,
): SpreadFilter | undefined {
  if (constraints.length === 0) return undefined;
  const complete = nodesWithAllKeys(table, constraints);
  const hard = constraints.map((constraint): HardConstraint => {
    const domains = table.domains(constraint.topologyKey);
    const counter = podCounter(
      domains.of,
      domains.size,
      (node) => complete[node] === 1 && includes(constraint, inclusion, node),
    );
    return {
      constraint,
      domains,
      counter,
      eligible: [...new Set(counter.domain)].filter((domain) => domain >= 0),
      self: constraint.selector.matches(pod.labels) ? 1 : 0,
    };
  });
  const least = new Int32Array(hard.length);
  const failing = (node: number): "label" | "skew" | undefined => {
    for (let index = 0; index < hard.length; index++) {
      const { constraint, domains, counter, self } = hard[index]!;
      const domain = domains.of[node]!;
      if (domain < 0) return "label";
      if (counter.counts[domain]! + self - least[index]! > constraint.maxSkew) return "skew";
    }
    return undefined;
  };
  return {
    name: "PodTopologySpread",
    begin: () => {
      for (let index = 0; index < hard.length; index++) least[index] = emptiest(hard[index]!);
      return true;
    },
    passes: (node) => failing(node) === undefined,
    reasons: (node) => [failing(node) === "label" ? `${MISMATCH} (missing required label)` : MISMATCH],
    resolvable: (node) => failing(node) === "skew",
    tallies: (other) => talliesOf(hard, pod.namespace, other),
    counters: hard.map(({ counter }) => counter),
  };
}

/** The global minimum; 0 while there are fewer domains than `minDomains`. */
function emptiest({ constraint, counter, eligible }: HardConstraint): number {
  if (eligible.length < constraint.minDomains) return 0;
  let least = Number.MAX_SAFE_INTEGER;
  for (const domain of eligible) if (counter.counts[domain]! < least) least = counter.counts[domain]!;
  return least;
}
