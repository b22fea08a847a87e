import {
  LEGACY_REGION_LABEL,
  LEGACY_ZONE_LABEL,
  REGION_LABEL,
  ZONE_LABEL,
  type Labels,
  type Node,
} from "../model";

/**
 * The order in which the scheduler looks at nodes: zones in the order they first appear, one node of each zone in turn
 * (k/k pkg/scheduler/backend/cache/node_tree.go). Returns indices into `nodes`, which stand in the order they joined the cluster.
 */
export function nodeOrder(nodes: readonly Node[]): Int32Array {
  const zones = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    const zone = zoneKey(node.labels);
    const members = zones.get(zone);
    if (members) members.push(index);
    else zones.set(zone, [index]);
  });
  const order = new Int32Array(nodes.length);
  const trees = [...zones.values()];
  let filled = 0;
  for (let turn = 0; filled < nodes.length; turn++) {
    for (const members of trees) {
      const index = members[turn];
      if (index !== undefined) order[filled++] = index;
    }
  }
  return order;
}

/** Region and zone together; the legacy labels win (component-helpers node/topology GetZoneKey). */
function zoneKey(labels: Labels): string {
  const zone = labels[LEGACY_ZONE_LABEL] ?? labels[ZONE_LABEL] ?? "";
  const region = labels[LEGACY_REGION_LABEL] ?? labels[REGION_LABEL] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\0:${zone}`;
}
