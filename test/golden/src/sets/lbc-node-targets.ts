import { aws } from "@evenkeel/core/balancers";
import {
  byDefault,
  given,
  type Front,
  type LabelSelector,
  type Node,
  type Service,
} from "@evenkeel/core/model";
import { nodeOf, type NodeObject } from "../node";
import { serviceOf, type ServiceObject } from "../service";
import { recordedSet } from "../recorded";

/** A case of AWS Load Balancer Controller choosing the nodes that it registers as instance targets. */
interface Case {
  readonly id: string;
  readonly nodes: readonly NodeObject[] | null;
  /** Of the binding; null selects all. */
  readonly nodeSelector: LabelSelector | null;
  readonly service?: ServiceObject;
  /** Of the binding: number or name. */
  readonly port?: number | string;
  /** Feature gate EndpointsFailOpen. */
  readonly failOpen?: boolean;
  readonly registered: readonly { readonly node: string }[] | null;
}

/** The names of the registered nodes; none where the controller gives up. */
export const lbcNodeTargets = recordedSet<Case>({
  name: "lbc-node-targets",
  recorded: ({ registered }) => ({ registered: (registered ?? []).map(({ node }) => node).sort() }),
  ours: ({ nodes, nodeSelector, service: object, port, failOpen }) => {
    const service = serviceOf(object ?? PLAIN);
    const named = service.ports.some((one) => port === undefined || one.port === port || one.name === port);
    return {
      registered: named ? registeredOf((nodes ?? []).map(nodeOf), nodeSelector, service, failOpen) : [],
    };
  },
});

const PLAIN: ServiceObject = {
  metadata: { name: "recorded" },
  spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
};

function registeredOf(
  nodes: readonly Node[],
  selector: LabelSelector | null,
  service: Service,
  failOpen: boolean | undefined,
): readonly string[] {
  const { nodes: registered } = aws.registeredNodes(nodes, frontWith(selector), service, failOpen);
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
