import { HOSTNAME_LABEL, zoneOf, type Cluster, type Node, type Statement } from "../../model";
import type { ClusterEvent } from "../../placement";
import { sayEstimate } from "../texts";
import type { MoreNodes } from "./disruption";

/** `rollout`, `scale to 5`, `drain node-3`, `lose node-3`, `add 2 nodes`; with ` at 30 s` where the event has a time of its own. */
export function describeEvent(event: ClusterEvent): Statement {
  const { at = null } = event;
  switch (event.kind) {
    case "rollout":
      return sayEstimate("event-rollout", { at });
    case "scale":
      return sayEstimate("event-scale", { replicas: event.replicas, at });
    case "drain":
      return sayEstimate("event-drain", { node: event.node, at });
    case "loseNode":
      return sayEstimate("event-lose-node", { node: event.node, at });
    case "addNodes":
      return sayEstimate("event-add-nodes", { nodes: event.nodes.length, at });
  }
}

/**
 * The events with their nodes, on a cluster that gives the likeness of those that are only counted. Throws a `RangeError` for one that
 * would begin before the one it follows.
 */
export function eventsOn(
  cluster: Pick<Cluster, "nodes">,
  events: readonly (ClusterEvent | MoreNodes)[],
): readonly ClusterEvent[] {
  let nodes = cluster.nodes;
  let latest = 0;
  return events.map((event, index): ClusterEvent => {
    if (event.at !== undefined && event.at < latest)
      throw new RangeError(
        `events[${index}]: at ${event.at} s, and the one before it at ${latest} s; wanted them in the order in which they happen`,
      );
    latest = event.at ?? latest;
    if (event.kind !== "addNodes") return event;
    const { at } = event;
    const more = "count" in event ? moreNodes({ nodes }, event.count) : event.nodes;
    nodes = [...nodes, ...more];
    return { kind: "addNodes", nodes: more, ...(at === undefined ? {} : { at }) };
  });
}

/**
 * More nodes like those of the cluster: each in the zone that has the fewest, as the first untainted node there is. Named `added-1`
 * and on, past names that are taken. None for a cluster without nodes.
 */
export function moreNodes({ nodes }: Pick<Cluster, "nodes">, count: number): readonly Node[] {
  const all = [...nodes];
  const names = new Set(nodes.map(({ name }) => name));
  for (let number = 1; all.length > 0 && all.length < nodes.length + count; number++) {
    const name = `added-${number}`;
    const like = exemplar(all);
    if (!like || names.has(name)) continue;
    all.push({
      name,
      labels: { ...like.labels, ...(HOSTNAME_LABEL in like.labels ? { [HOSTNAME_LABEL]: name } : {}) },
      taints: like.taints,
      unschedulable: false,
      allocatable: like.allocatable,
    });
  }
  return all.slice(nodes.length);
}

function exemplar(nodes: readonly Node[]): Node | undefined {
  const usable = nodes.filter(({ unschedulable, ready }) => !unschedulable && ready !== false);
  const plain = usable.filter(({ taints }) => taints.length === 0);
  const from = plain.length > 0 ? plain : usable.length > 0 ? usable : nodes;
  const inZone = new Map<string | undefined, number>();
  for (const node of from) inZone.set(zoneOf(node), (inZone.get(zoneOf(node)) ?? 0) + 1);
  const fewest = Math.min(...inZone.values());
  return from.find((node) => inZone.get(zoneOf(node)) === fewest);
}
