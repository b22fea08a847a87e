import { feasibleNodesToFind } from "./sampling";

// k/k pkg/scheduler/schedule_one_test.go TestNumFeasibleNodesToFind, without a percentage of nodes to score.
test.each([
  [10, 10],
  [99, 99],
  [100, 100],
  [1000, 420],
  [6000, 300],
  [20000, 1000],
])("of %d nodes", (nodes, want) => {
  expect(feasibleNodesToFind(nodes)).toBe(want);
});
