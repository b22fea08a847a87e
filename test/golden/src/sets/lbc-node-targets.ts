import { nlbInstance } from "@evenkeel/core/balancers";
import { nodeOf, type NodeObject } from "../node";
import { recordedSet } from "../recorded";

/** A case of AWS Load Balancer Controller choosing the nodes that it registers as instance targets. */
interface Case {
  readonly id: string;
  readonly nodes: readonly NodeObject[] | null;
  readonly error: string | null;
  readonly registered: readonly { readonly node: string }[] | null;
}

/** The names of the registered nodes; none where the controller gives up. */
export const lbcNodeTargets = recordedSet<Case>({
  name: "lbc-node-targets",
  recorded: ({ registered }) => ({ registered: (registered ?? []).map(({ node }) => node).sort() }),
  ours: ({ nodes }) => ({
    registered: (nodes ?? [])
      .map(nodeOf)
      .filter((node) => nlbInstance.registers(node))
      .map(({ name }) => name)
      .sort(),
  }),
});
