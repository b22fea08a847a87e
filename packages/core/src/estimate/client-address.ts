import { FORWARDS_ADDRESS } from "../balancers/haproxy";
import { isUnknown, orElse, reachesNodes, type Front, type Service } from "../model";

/** Whose address the pod sees, and how it learns it. */
export interface ClientAddress {
  readonly sees: "client" | "node" | "balancer";
  readonly via: "peer" | "proxyProtocol" | "header";
}

/**
 * kube-proxy replaces the client's address with the node's under Cluster, also when the pod is on that node; under Local it keeps
 * what the balancer sent. A PROXY header, prepended by the balancer, names the client whatever happens to the packets; so
 * does a header of HTTP that the balancer adds.
 */
export function clientAddress(service: Service, front: Front | undefined): ClientAddress {
  if (front && !isUnknown(front.proxyProtocol.value) && front.proxyProtocol.value !== "off") {
    return { sees: "client", via: "proxyProtocol" };
  }
  if (front?.attributes[FORWARDS_ADDRESS]?.value === true) return { sees: "client", via: "header" };
  const preserved = front ? orElse(front.preservesClientAddress.value, true) : true;
  const arriving = preserved ? "client" : "balancer";
  const throughKubeProxy = !front || reachesNodes(orElse(front.targets.value, "instance"));
  if (throughKubeProxy && service.externalTrafficPolicy !== "Local") return { sees: "node", via: "peer" };
  return { sees: arriving, via: "peer" };
}
