import { isReadyNode, type Node, type Taint } from "../model";

/** As `kubectl cordon` and the node controller leave it. */
export function cordoned(node: Node): Node {
  return { ...tainted(node, "unschedulable", ["NoSchedule"]), unschedulable: true };
}

/** As the node controller marks a node that it hears nothing from. */
export function unreachable(node: Node): Node {
  return tainted(node, "unreachable", ["NoSchedule", "NoExecute"]);
}

/** A node that is not ready carries the taints that the node controller gives it, whether or not the source shows them. */
export function asTheNodeControllerHasIt(node: Node): Node {
  const shown = node.taints.some(
    ({ key }) => key === taintKey("not-ready") || key === taintKey("unreachable"),
  );
  if (shown || isReadyNode(node)) return node;
  return node.ready === "unknown"
    ? unreachable(node)
    : tainted(node, "not-ready", ["NoSchedule", "NoExecute"]);
}

function tainted(node: Node, name: string, effects: readonly Taint["effect"][]): Node {
  const taints = effects.map((effect): Taint => ({ key: taintKey(name), effect }));
  return { ...node, taints: [...node.taints.filter(({ key }) => key !== taintKey(name)), ...taints] };
}

function taintKey(name: string): string {
  return `node.kubernetes.io/${name}`;
}
