import { isReadyNode, isUnknown, selects, type Front, type Node, type Service } from "../../../model";
import type { Registration } from "../../balancer";
import { sayBalancer } from "../../texts";
import { sayAws } from "../texts";

const EXCLUDED_LABELS = [
  "node-role.kubernetes.io/master",
  "node.kubernetes.io/exclude-from-external-load-balancers",
  "alpha.service-controller.kubernetes.io/exclude-balancer",
];

/**
 * The nodes that AWS Load Balancer Controller registers as instance targets: those that are ready, or where none is, those of
 * which the node controller hears nothing (feature gate EndpointsFailOpen, on by default). One of them without an EC2 instance ID stops the registration of all.
 * Source: `pkg/backend/endpoint_resolver.go` and `endpoint_utils.go`.
 */
export function registeredNodes(
  nodes: readonly Node[],
  front: Front,
  service: Service,
  failOpen = true,
): Registration {
  const selector = front.nodeSelector?.value;
  const anyNode = selector === undefined || isUnknown(selector);
  const assumptions = anyNode && selector !== undefined ? [sayBalancer("node-labels-unknown")] : [];
  // "service type must be either 'NodePort' or 'LoadBalancer'"
  if (service.type !== "NodePort" && service.type !== "LoadBalancer")
    return { nodes: [], assumptions: [...assumptions, sayAws("no-node-ports")] };

  const eligible = nodes.flatMap((node, index) =>
    isEligible(node) && (anyNode || selects(selector, node.labels)) ? [{ node, index }] : [],
  );
  const ready = eligible.filter(({ node }) => isReadyNode(node));
  const unheard = failOpen ? eligible.filter(({ node }) => node.ready === "unknown") : [];
  const chosen = ready.length > 0 ? ready : unheard;
  const odd = chosen.find(({ node }) => node.providerID !== undefined && !isInstance(node.providerID))?.node;
  if (odd)
    return {
      nodes: [],
      assumptions: [
        ...assumptions,
        sayAws("node-without-instance", { node: odd.name, providerID: odd.providerID || "none" }),
      ],
    };
  return { nodes: chosen.map(({ index }) => index), assumptions };
}

function isEligible({ labels, taints }: Node): boolean {
  const excluded =
    EXCLUDED_LABELS.some((label) => label in labels) ||
    labels["eks.amazonaws.com/compute-type"] === "fargate";
  const leaving = taints.some(
    ({ key, effect }) =>
      key === "ToBeDeletedByClusterAutoscaler" ||
      (key === "karpenter.sh/disrupted" && effect === "NoSchedule"),
  );
  return !excluded && !leaving;
}

/** `aws:///eu-west-1a/i-0123`: what follows the last slash must begin with `i-`; hybrid nodes of EKS pass as well. */
function isInstance(providerID: string): boolean {
  return providerID.startsWith("eks-hybrid://") || (providerID.split("/").at(-1) ?? "").startsWith("i-");
}
