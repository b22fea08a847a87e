import { ZONE_LABEL, type Node } from "../model";
import { nodeOrder } from "./node-order";

function nodes(...zones: readonly (string | undefined)[]): readonly Node[] {
  return zones.map((zone, index): Node => ({
    name: `n${index}`,
    labels: zone === undefined ? {} : { [ZONE_LABEL]: zone },
    taints: [],
    unschedulable: false,
    allocatable: {},
  }));
}

// k/k pkg/scheduler/backend/cache/node_tree_test.go: zones in turn, in the order they first appear.
test.each([
  ["one zone", ["a", "a", "a"], [0, 1, 2]],
  ["two zones, one after the other", ["a", "a", "b", "b"], [0, 2, 1, 3]],
  ["zones of different sizes", ["a", "b", "b", "b", "c"], [0, 1, 4, 2, 3]],
  ["nodes without a zone are a zone of their own", ["a", undefined, "a", undefined], [0, 1, 2, 3]],
])("%s", (_, zones, want) => {
  expect([...nodeOrder(nodes(...zones))]).toEqual(want);
});
