import { begin, candidateNodes, type Scheduler } from "./cycle";
import type { Plan } from "./plan";

/** k/k schedule_one.go ErrNoNodesAvailable. */
export const NO_NODES = "no nodes available to schedule pods";

/** Why one node does not take the pod. */
export interface Rejection {
  readonly node: string;
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Whether the scheduler would try to make room here by preemption. */
  readonly resolvable: boolean;
}

/** The first filter that rejects the node, if any. Filters must have begun. */
export function rejectionOf(
  { table, load }: Scheduler,
  { filters }: Plan,
  node: number,
): Rejection | undefined {
  const filter = filters.find(({ passes }) => !passes(node, load));
  return (
    filter && {
      node: table.nodes[node]!.name,
      plugin: filter.name,
      reasons: filter.reasons(node, load),
      resolvable: filter.resolvable(node, load),
    }
  );
}

/**
 * `0/10 nodes are available: 3 Insufficient cpu, 7 node(s) had untolerated taint(s).` for a pod that no node takes
 * (k/k pkg/scheduler/framework/types.go FitError.Error). The sentence on preemption that an event adds is not part of it.
 */
export function fitError(scheduler: Scheduler, plan: Plan): string {
  const { table } = scheduler;
  const head = `0/${table.size} nodes are available:`;
  const { named } = plan;
  if (named && "unfit" in named) return `${head} ${named.unfit}.`;
  begin(plan);
  const candidates = candidateNodes(table, plan) ?? table.order;
  const histogram = new Map<string, number>();
  const add = (reason: string, nodes: number): void => {
    histogram.set(reason, (histogram.get(reason) ?? 0) + nodes);
  };
  for (const node of candidates)
    for (const reason of rejectionOf(scheduler, plan, node)?.reasons ?? []) add(reason, 1);
  const passedOver = table.size - candidates.length;
  if (passedOver > 0 && named) add(`node(s) didn't satisfy plugin(s) [${named.by.join(" ")}]`, passedOver);
  const told = [...histogram].map(([reason, nodes]) => `${nodes} ${reason}`).sort(byBytes);
  return told.length === 0 ? head : `${head} ${told.join(", ")}.`;
}

/** Go sorts strings by bytes, which for UTF-8 is by code point. */
function byBytes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
