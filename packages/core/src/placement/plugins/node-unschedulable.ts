import type { Node, Toleration } from "../../model";
import type { FixedFilter } from "./plugin";
import { tolerates } from "./taint-toleration";

/** A cordoned node takes only pods that tolerate the taint of that name, whether or not the node carries it. */
export function unschedulableFilter(nodes: readonly Node[], tolerations: readonly Toleration[]): FixedFilter {
  const taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" } as const;
  const tolerated = tolerations.some((toleration) => tolerates(toleration, taint));
  return {
    name: "NodeUnschedulable",
    passes: (node) => tolerated || !nodes[node]!.unschedulable,
    reasons: () => ["node(s) were unschedulable"],
    resolvable: () => false,
  };
}
