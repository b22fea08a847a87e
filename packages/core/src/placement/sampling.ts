const EVERY_NODE_BELOW = 100;
const LEAST_PERCENT = 5;

/**
 * How many feasible nodes the scheduler looks for before it scores them: all below 100 nodes, then a share that falls from 50 %
 * towards 5 %, at least 100 (k/k pkg/scheduler/schedule_one.go numFeasibleNodesToFind, with percentageOfNodesToScore unset).
 */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < EVERY_NODE_BELOW) return nodes;
  const percent = Math.max(50 - Math.trunc(nodes / 125), LEAST_PERCENT);
  return Math.max(Math.trunc((nodes * percent) / 100), EVERY_NODE_BELOW);
}
