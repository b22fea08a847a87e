import type { Load } from "./load";
import type { NodeTable } from "./node-table";
import type { Plan } from "./plan";
import { SCORE_WEIGHTS, type NodeFilter } from "./plugins/plugin";
import { feasibleNodesToFind } from "./sampling";
import type { Choice } from "./ties";

/** What lives as long as the scheduler: where it looks first, and room to work in. */
export interface Scheduler {
  readonly table: NodeTable;
  readonly load: Load;
  choose: Choice;
  /** k/k `nextStartNodeIndex`: with many nodes the next pod's search begins where this one's ended. */
  start: number;
  readonly feasible: Int32Array;
  readonly totals: Int32Array;
  readonly scores: Int32Array;
}

export function scheduler(table: NodeTable, load: Load, choose: Choice): Scheduler {
  const room = (): Int32Array => new Int32Array(table.size);
  return { table, load, choose, start: 0, feasible: room(), totals: room(), scores: room() };
}

/** The node for one more pod of this plan, or -1. Does not place it. */
export function selectNode(scheduler: Scheduler, plan: Plan): number {
  const count = findFeasible(scheduler, plan);
  if (count === 0) return -1;
  if (count === 1) return scheduler.feasible[0]!;
  return scheduler.feasible[scheduler.choose(sumScores(scheduler, plan, count), count)]!;
}

/**
 * Fills `feasible` with nodes that pass every filter and returns how many, looking no further than the sample needs
 * (k/k schedule_one.go findNodesThatFitPod, findNodesThatPassFilters with one worker).
 */
function findFeasible(scheduler: Scheduler, plan: Plan): number {
  const { table, load, feasible } = scheduler;
  const candidates = candidateNodes(table, plan);
  if (candidates === undefined) return 0;
  const toFind = feasibleNodesToFind(candidates.length);
  const { admissible } = plan;
  const asked = begin(plan);
  let found = 0;
  let rejected = 0;
  for (let step = 0; step < candidates.length; step++) {
    const node = candidates[(scheduler.start + step) % candidates.length]!;
    if (admissible[node] === 0 || !passesAll(asked, node, load)) {
      rejected++;
      continue;
    }
    // One feasible node more than wanted tells the search to stop, and is not used.
    if (found === toFind) break;
    feasible[found++] = node;
  }
  scheduler.start = (scheduler.start + found + rejected) % table.size;
  return found;
}

/** Nodes to look at, in order; undefined where the pod's own terms exclude each other. */
export function candidateNodes({ order, nodes }: NodeTable, { named }: Plan): Int32Array | undefined {
  if (named === undefined) return order;
  if ("unfit" in named) return undefined;
  return order.filter((node) => named.only.has(nodes[node]!.name));
}

/** The filters that have something to say about this pod. */
export function begin({ changing }: Plan): readonly NodeFilter[] {
  return changing.filter((filter) => filter.begin());
}

function passesAll(filters: readonly NodeFilter[], node: number, load: Load): boolean {
  for (let index = 0; index < filters.length; index++) if (!filters[index]!.passes(node, load)) return false;
  return true;
}

function sumScores(
  { feasible, totals, scores, load }: Scheduler,
  { deciding }: Plan,
  count: number,
): Int32Array {
  totals.fill(0, 0, count);
  for (const scorer of deciding) {
    if (!scorer.score(feasible, count, load, scores)) continue;
    const weight = SCORE_WEIGHTS[scorer.name];
    for (let index = 0; index < count; index++) totals[index]! += weight * scores[index]!;
  }
  return totals;
}
