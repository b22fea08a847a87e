import { HOSTNAME_LABEL } from "../../model";
import type { Counter } from "../counter";
import type { Domains, NodeTable } from "../node-table";
import type { PlacedPod } from "../pod-facts";
import { MAX_SCORE, type NodeScorer, type Tallies } from "./plugin";
import {
  includes,
  nodesWithAllKeys,
  podCounter,
  talliesOf,
  type Inclusion,
  type SpreadConstraint,
} from "./spread-constraints";

interface SoftConstraint {
  readonly constraint: SpreadConstraint;
  readonly domains: Domains;
  readonly perNode: boolean;
  readonly counter: Counter;
  /** Cell of the counter that a node reads, -1 where the node lacks the label. */
  readonly cell: Int32Array;
  /** Last call in which each domain was seen among the feasible nodes. */
  readonly seen: Int32Array;
  /** Number of domains where every node is feasible. */
  readonly everywhere: number;
}

export interface SpreadScorer extends NodeScorer {
  readonly tallies: Tallies;
  readonly counters: readonly Counter[];
}

/**
 * Constraints with ScheduleAnyway: the more matching pods in a node's domains, the lower its score; a topology counts by the
 * logarithm of its number of domains (k/k plugins/podtopologyspread/scoring.go). Absent where there are none.
 *
 * `needsAllKeys`: nodes that lack a key of any constraint score 0. Not so under the system's default constraints, which let a node
 * without a zone still be spread by host.
 */
export function spreadScorer(
  table: NodeTable,
  pod: PlacedPod,
  constraints: readonly SpreadConstraint[],
  inclusion: Inclusion,
  needsAllKeys: boolean,
): SpreadScorer | undefined {
  if (constraints.length === 0) return undefined;
  const complete = needsAllKeys ? nodesWithAllKeys(table, constraints) : new Uint8Array(table.size).fill(1);
  const soft = constraints.map((constraint): SoftConstraint =>
    softConstraint(table, constraint, complete, inclusion),
  );
  const someIncomplete = complete.includes(0);
  const sums = new Float64Array(table.size);
  let call = 0;

  const size = (
    { domains, perNode, seen, everywhere }: SoftConstraint,
    feasible: Int32Array,
    count: number,
  ): number => {
    if (!someIncomplete) {
      if (perNode) return count;
      if (count === table.size) return everywhere;
    }
    let found = 0;
    for (let index = 0; index < count; index++) {
      const node = feasible[index]!;
      const domain = domains.orEmpty[node]!;
      if (complete[node] === 0 || (!perNode && seen[domain] === call)) continue;
      seen[domain] = call;
      found++;
    }
    return found;
  };

  return {
    name: "PodTopologySpread",
    score: (feasible, count, _load, scores) => {
      call++;
      sums.fill(0, 0, count);
      for (const each of soft) {
        const { cell, counter, constraint } = each;
        const { counts } = counter;
        const slack = constraint.maxSkew - 1;
        const weight = table.logarithms[size(each, feasible, count) + 2]!;
        for (let index = 0; index < count; index++) {
          const where = cell[feasible[index]!]!;
          if (where >= 0) sums[index]! += counts[where]! * weight + slack;
        }
      }
      let least = Number.MAX_SAFE_INTEGER;
      let most = 0;
      for (let index = 0; index < count; index++) {
        if (someIncomplete && complete[feasible[index]!] === 0) continue;
        const score = Math.round(sums[index]!);
        scores[index] = score;
        if (score < least) least = score;
        if (score > most) most = score;
      }
      for (let index = 0; index < count; index++) {
        if (someIncomplete && complete[feasible[index]!] === 0) scores[index] = 0;
        else if (most === 0) scores[index] = MAX_SCORE;
        else scores[index] = Math.trunc((MAX_SCORE * (most + least - scores[index]!)) / most);
      }
      return true;
    },
    tallies: (other) => talliesOf(soft, pod.namespace, other),
    counters: soft.map(({ counter }) => counter),
  };
}

/** Hosts are counted node by node whatever the inclusion policies say; other domains over the nodes they include. */
function softConstraint(
  table: NodeTable,
  constraint: SpreadConstraint,
  complete: Uint8Array,
  inclusion: Inclusion,
): SoftConstraint {
  const domains = table.domains(constraint.topologyKey);
  const perNode = constraint.topologyKey === HOSTNAME_LABEL;
  const counter = perNode
    ? podCounter(
        Int32Array.from(table.nodes, (_, node) => node),
        table.size,
        () => true,
      )
    : podCounter(
        domains.orEmpty,
        domains.size,
        (node) => complete[node] === 1 && includes(constraint, inclusion, node),
      );
  return {
    constraint,
    domains,
    perNode,
    counter,
    cell: perNode ? domains.of.map((domain, node) => (domain < 0 ? -1 : node)) : domains.of.slice(),
    seen: new Int32Array(domains.size),
    everywhere: domains.size,
  };
}
