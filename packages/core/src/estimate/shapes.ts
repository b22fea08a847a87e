import { HOSTNAME_LABEL, ZONE_LABEL, type Cluster, type Node } from "../model";

/** Sizes for which answers are given when nobody says what the cluster looks like. */
export const DEFAULT_SIZES = [3, 10, 30] as const;

/** Equal nodes, dealt over zones in turn: `node-1` in `zone-a`, `node-2` in `zone-b`, … */
export function equalNodes(nodes: number, zones: number): readonly Node[] {
  return Array.from({ length: nodes }, (_, index): Node => {
    const name = `node-${index + 1}`;
    const zone = `zone-${String.fromCharCode(97 + (index % zones))}`;
    return {
      name,
      labels: { [HOSTNAME_LABEL]: name, [ZONE_LABEL]: zone },
      taints: [],
      unschedulable: false,
      allocatable: { cpu: 4000, memory: 16 * 1024 ** 3, pods: 110 },
    };
  });
}

/** The shapes to answer for: the cluster itself, or the default ones, each saying that it is assumed. */
export function shapesOf(cluster: Cluster): readonly Cluster[] {
  if (cluster.nodes.length > 0) return [cluster];
  return DEFAULT_SIZES.map((size) => ({
    ...cluster,
    nodes: equalNodes(size, 3),
    pods: [],
    backgroundLoad: cluster.backgroundLoad ?? 0.5,
    assumed: `${size} equal nodes in 3 zones, asked for up to ${Math.round((cluster.backgroundLoad ?? 0.5) * 100)} % (no cluster given)`,
  }));
}

/** `10 nodes in 3 zones`, or the assumption. */
export function describeCluster(cluster: Cluster): string {
  if (cluster.assumed) return cluster.assumed;
  const zones = new Set(cluster.nodes.map(({ labels }) => labels[ZONE_LABEL]).filter(Boolean)).size;
  const nodes = `${cluster.nodes.length} node${cluster.nodes.length === 1 ? "" : "s"}`;
  return zones > 0 ? `${nodes} in ${zones} zone${zones === 1 ? "" : "s"}` : nodes;
}
