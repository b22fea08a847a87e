import { HOSTNAME_LABEL, KUBELET_LABELS, ZONE_LABEL, type Cluster, type Node } from "../model";
import { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";

/** Equal nodes, placed in zones in turn: `node-1` in `zone-a`, `node-2` in `zone-b`, … */
export function equalNodes(nodes: number, zones: number): readonly Node[] {
  return Array.from({ length: nodes }, (_, index): Node => {
    const name = `node-${index + 1}`;
    const zone = `zone-${String.fromCharCode(97 + (index % zones))}`;
    return {
      name,
      labels: { ...KUBELET_LABELS, [HOSTNAME_LABEL]: name, [ZONE_LABEL]: zone },
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
    backgroundLoad: cluster.backgroundLoad ?? ASSUMED_LOAD,
    assumed: `${size} equal nodes`,
  }));
}

/** `10 nodes in 3 zones`, with what they were read from if that is not all of them; or the assumption. */
export function describeCluster(cluster: Cluster): string {
  if (cluster.assumed) return cluster.assumed;
  const zones = new Set(cluster.nodes.map(({ labels }) => labels[ZONE_LABEL]).filter(Boolean)).size;
  const nodes = `${cluster.nodes.length} node${cluster.nodes.length === 1 ? "" : "s"}`;
  const described = zones > 0 ? `${nodes} in ${zones} zone${zones === 1 ? "" : "s"}` : nodes;
  return cluster.readFrom ? `${described} (${cluster.readFrom.name})` : described;
}
