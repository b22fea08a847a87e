import type { Node, Taint, Toleration } from "../../model";
import { normalize, type FixedFilter, type NodeScorer } from "./plugin";
import type { SchedulerTraits } from "../../releases";

/** `Toleration.ToleratesTaint`; Lt and Gt need a feature gate that is off by default. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? "Equal") {
    case "Exists":
      return true;
    case "Equal":
      return (toleration.value ?? "") === (taint.value ?? "");
  }
}

/** The first taint with effect NoSchedule or NoExecute that no toleration covers. */
export function untolerated(node: Node, tolerations: readonly Toleration[]): Taint | undefined {
  return node.taints.find(
    (taint) =>
      taint.effect !== "PreferNoSchedule" && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

/** k/k plugins/tainttoleration/taint_toleration.go Filter. */
export function taintFilter(
  nodes: readonly Node[],
  tolerations: readonly Toleration[],
  { taintsUnnamed }: SchedulerTraits,
): FixedFilter {
  const found = nodes.map((node) => untolerated(node, tolerations));
  const reason = ({ key, value = "" }: Taint): string =>
    taintsUnnamed ? "node(s) had untolerated taint(s)" : `node(s) had untolerated taint {${key}: ${value}}`;
  return {
    name: "TaintToleration",
    passes: (node) => found[node] === undefined,
    reasons: (node) => [reason(found[node]!)],
    resolvable: () => false,
  };
}

/** The fewer untolerated PreferNoSchedule taints, the better. */
export function taintScorer(nodes: readonly Node[], tolerations: readonly Toleration[]): NodeScorer {
  const counts = Int32Array.from(
    nodes,
    ({ taints }) =>
      taints.filter(
        (taint) =>
          taint.effect === "PreferNoSchedule" &&
          !tolerations.some((toleration) => tolerates(toleration, taint)),
      ).length,
  );
  return {
    name: "TaintToleration",
    flat: counts.every((count) => count === 0),
    score: (feasible, count, _load, scores) => {
      for (let index = 0; index < count; index++) scores[index] = counts[feasible[index]!]!;
      normalize(scores, count, true);
      return true;
    },
  };
}
