import { HOSTNAME_LABEL, type Cluster, type Node } from "../model";

/** How many nodes an autoscaler may come to; undefined where it moves none. */
export interface NodeCounts {
  readonly min: number;
  readonly max: number;
}

export function nodeCounts({ nodes, nodeRanges = [] }: Cluster): NodeCounts | undefined {
  if (nodeRanges.length === 0) return undefined;
  const moved = new Set(nodeRanges.flatMap((range) => range.nodes.map(({ name }) => name)));
  const fixed = nodes.filter(({ name }) => !moved.has(name)).length;
  return {
    min: nodeRanges.reduce((sum, { min }) => sum + min, fixed),
    max: nodeRanges.reduce((sum, range) => sum + range.nodes.length, fixed),
  };
}

/**
 * The cluster with this many nodes, and no longer a range. Its groups grow in step, each by the same part of its own range; nobody
 * knows which one the autoscaler would take.
 */
export function clusterOf(cluster: Cluster, count: number): Cluster {
  const { nodeRanges = [], ...rest } = cluster;
  const counts = nodeCounts(cluster);
  if (!counts) return cluster;
  const room = nodeRanges.map(({ min, nodes }) => nodes.length - min);
  const added = dealt(Math.max(0, Math.min(count, counts.max) - counts.min), room);
  const there = nodeRanges.map(({ min, nodes }, index) => nodes.slice(0, min + (added[index] ?? 0)));
  const moved = new Set(nodeRanges.flatMap(({ nodes }) => nodes.map(({ name }) => name)));
  const kept: readonly Node[] = rest.nodes.filter(({ name }) => !moved.has(name));
  return { ...rest, nodes: [...kept, ...there.flat()] };
}

/** The cluster with this many nodes, also beyond its range: there the last group goes on as it began, with further nodes of its kind. */
export function extendedBy(cluster: Cluster, count: number): Cluster {
  const { nodeRanges = [] } = cluster;
  const counts = nodeCounts(cluster);
  const last = nodeRanges.at(-1);
  if (!counts || !last) return cluster;
  if (count < counts.min) {
    const short = counts.min - count;
    const fewer = clusterOf(cluster, counts.min);
    return { ...fewer, nodes: fewer.nodes.slice(0, Math.max(0, fewer.nodes.length - short)) };
  }
  const whole = clusterOf(cluster, count);
  const more = Array.from({ length: Math.max(0, count - counts.max) }, (_, index): Node[] => {
    const like = last.nodes[index % last.nodes.length];
    const name = `${like?.name ?? "node"}-more-${index + 1}`;
    return like ? [{ ...like, name, labels: { ...like.labels, [HOSTNAME_LABEL]: name } }] : [];
  });
  return { ...whole, nodes: [...whole.nodes, ...more.flat()] };
}

/** `total` over rooms in proportion to their sizes; what rounding leaves goes to the largest remainders. */
function dealt(total: number, rooms: readonly number[]): readonly number[] {
  const all = rooms.reduce((a, b) => a + b, 0);
  if (all === 0) return rooms.map(() => 0);
  const exact = rooms.map((room) => (room * total) / all);
  const whole = exact.map(Math.floor);
  const order = exact.map((part, index) => ({ index, left: part - Math.floor(part) }));
  order.sort((a, b) => b.left - a.left || a.index - b.index);
  const left = total - whole.reduce((a, b) => a + b, 0);
  for (const { index } of order.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}
