import type { Node, Taint } from "../../model";

/** A node during a simulation. */
export interface LiveNode {
  readonly node: Node;
  /** Times from which on; infinite while it has not happened. */
  readonly silentSince: number;
  readonly noticedAt: number;
  readonly evictedAt: number;
}

export function healthy(node: Node): LiveNode {
  return { node, silentSince: Infinity, noticedAt: Infinity, evictedAt: Infinity };
}

/** As `kubectl cordon` and the node controller leave it. */
export function cordoned(live: LiveNode): LiveNode {
  return { ...live, node: { ...tainted(live.node, "unschedulable", ["NoSchedule"]), unschedulable: true } };
}

/** As the node controller marks a node that it hears nothing from. */
export function unreachable(node: Node): Node {
  return tainted(node, "unreachable", ["NoSchedule", "NoExecute"]);
}

/** A node that is said to be not ready carries the taints that the node controller gives it, whether or not the source shows them. */
export function asTheNodeControllerHasIt(node: Node): Node {
  if (
    node.ready !== false ||
    node.taints.some(({ key }) => key === taintKey("not-ready") || key === taintKey("unreachable"))
  )
    return node;
  return tainted(node, "not-ready", ["NoSchedule", "NoExecute"]);
}

function tainted(node: Node, name: string, effects: readonly Taint["effect"][]): Node {
  const taints = effects.map((effect): Taint => ({ key: taintKey(name), effect }));
  return { ...node, taints: [...node.taints.filter(({ key }) => key !== taintKey(name)), ...taints] };
}

function taintKey(name: string): string {
  return `node.kubernetes.io/${name}`;
}
