import type { Node, PodSpec } from "../../model";
import type { SchedulerTraits } from "../../releases";
import { nodesNamedByAffinity, type NamedNodes } from "./node-affinity";
import type { FixedFilter } from "./plugin";

export function nodeNameFilter(nodes: readonly Node[], nodeName: string | undefined): FixedFilter {
  return {
    name: "NodeName",
    passes: (node) => !nodeName || nodes[node]!.name === nodeName,
    reasons: () => ["node(s) didn't match the requested node name"],
    resolvable: () => false,
  };
}

/**
 * The nodes that are looked at for a pod: those of its affinity terms, and since 1.37 the one that `spec.nodeName` names; both
 * together where they agree (k/k framework/runtime/framework.go RunPreFilterPlugins).
 */
export function nodesNamed(spec: PodSpec, { nodeNameFirst }: SchedulerTraits): NamedNodes {
  const byAffinity = nodesNamedByAffinity(spec);
  const { nodeName } = spec;
  if (!nodeNameFirst || !nodeName || (byAffinity && "unfit" in byAffinity)) return byAffinity;
  const only = new Set([nodeName]);
  if (!byAffinity) return { only, by: ["NodeName"] };
  const by = [...byAffinity.by, "NodeName"];
  return byAffinity.only.has(nodeName)
    ? { only, by }
    : { unfit: `node(s) didn't satisfy plugin(s) [${by.join(" ")}] simultaneously` };
}
