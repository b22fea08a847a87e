import type { Load } from "../load";
import type { NodeTable } from "../node-table";
import type { Requests } from "../requests";
import type { SchedulerTraits } from "../../releases";
import { balancedAllocation, isBestEffort } from "./balanced-allocation";
import { leastAllocated, resourcesFilter } from "./node-resources-fit";
import type { NodeFilter, NodeScorer, ScorePluginName } from "./plugin";

export interface ResourcePlugins {
  readonly filter: NodeFilter;
  readonly fitScorer: NodeScorer;
  /** Absent for pods that ask for neither CPU nor memory. */
  readonly balanceScorer?: NodeScorer;
}

/**
 * What one pod template makes of each node's load. Only the node that took the last pod has changed, so the answers for the others
 * are kept.
 */
export function resourcePlugins(
  table: NodeTable,
  requests: Requests,
  { balanceByImprovement, bestEffortUnbalanced }: SchedulerTraits,
): ResourcePlugins {
  const filter = resourcesFilter(table, requests);
  const fits = new Uint8Array(table.size);
  const least = new Int32Array(table.size);
  const balanced = new Int32Array(table.size);
  const seen = new Int32Array(table.size);

  const refresh = (node: number, load: Load): void => {
    if (seen[node] === load.version[node]) return;
    seen[node] = load.version[node]!;
    fits[node] = filter.passes(node, load) ? 1 : 0;
    least[node] = leastAllocated(table, load, requests, node);
    balanced[node] = balancedAllocation(table, load, requests, node, balanceByImprovement);
  };
  // Feasible nodes have passed the filter, so what is kept for them is fresh.
  const scorer = (name: ScorePluginName, kept: Int32Array): NodeScorer => ({
    name,
    score: (feasible, count, _load, scores) => {
      for (let index = 0; index < count; index++) scores[index] = kept[feasible[index]!]!;
      return true;
    },
  });
  return {
    filter: {
      ...filter,
      passes: (node, load) => {
        refresh(node, load);
        return fits[node] === 1;
      },
    },
    fitScorer: scorer("NodeResourcesFit", least),
    balanceScorer:
      bestEffortUnbalanced && isBestEffort(requests)
        ? undefined
        : scorer("NodeResourcesBalancedAllocation", balanced),
  };
}
