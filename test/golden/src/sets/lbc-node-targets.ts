import { nlbInstance } from "@evenkeel/core/balancers";
import { byDefault, given, type Front, type LabelSelector, type Node } from "@evenkeel/core/model";
import { nodeOf, type NodeObject } from "../node";
import { serviceOf } from "../service";
import { recordedSet } from "../recorded";

/** A case of AWS Load Balancer Controller choosing the nodes that it registers as instance targets. */
interface Case {
  readonly id: string;
  readonly nodes: readonly NodeObject[] | null;
  /** Of the binding; null selects all. */
  readonly nodeSelector: LabelSelector | null;
  readonly registered: readonly { readonly node: string }[] | null;
}

/** The names of the registered nodes; none where the controller gives up. */
export const lbcNodeTargets = recordedSet<Case>({
  name: "lbc-node-targets",
  recorded: ({ registered }) => ({ registered: (registered ?? []).map(({ node }) => node).sort() }),
  ours: ({ nodes, nodeSelector }) => ({
    registered: registeredOf((nodes ?? []).map(nodeOf), nodeSelector),
  }),
});

function registeredOf(nodes: readonly Node[], selector: LabelSelector | null): readonly string[] {
  const { nodes: registered } = nlbInstance.registers(
    nodes,
    frontWith(selector),
    serviceOf({ metadata: { name: "recorded" }, spec: {} }),
  );
  return registered.flatMap((index) => nodes[index]?.name ?? []).sort();
}

const AT = { resource: { kind: "TargetGroupBinding", name: "recorded" }, path: "spec.nodeSelector" };

/** Only the selector is the case's own. */
function frontWith(nodeSelector: LabelSelector | null): Front {
  return {
    balancer: "nlb",
    controller: { name: "aws-load-balancer-controller" },
    resource: AT.resource,
    related: [],
    servicePort: 80,
    targets: byDefault("instance", AT),
    targetPort: byDefault(31080, AT),
    proxyProtocol: byDefault("off", AT),
    preservesClientAddress: byDefault(true, AT),
    attributes: {},
    ...(nodeSelector ? { nodeSelector: given(nodeSelector, AT) } : {}),
  };
}
