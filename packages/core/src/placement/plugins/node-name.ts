import type { Node } from "../../model";
import type { FixedFilter } from "./plugin";

export function nodeNameFilter(nodes: readonly Node[], nodeName: string | undefined): FixedFilter {
  return {
    name: "NodeName",
    passes: (node) => !nodeName || nodes[node]!.name === nodeName,
    reasons: () => ["node(s) didn't match the requested node name"],
    resolvable: () => false,
  };
}
