import { isUnknown, orElse, reachesNodes, type ClientAddress, type Front, type Service } from "../model";

/**
 * What the pod sees where the load balancer keeps or replaces the client's address on its packets. kube-proxy replaces it with the
 * node's under Cluster, also when the pod is on that node; under Local it keeps what the load balancer sent. A PROXY header names the
 * client whatever happens to the packets. `front` is absent where clients connect to the nodes themselves.
 */
export function clientAddressBehind(front: Front | undefined, service: Service): ClientAddress {
  if (front && !isUnknown(front.proxyProtocol.value) && front.proxyProtocol.value !== "off")
    return { sees: "client", via: "proxyProtocol" };
  const preserved = front ? orElse(front.preservesClientAddress.value, true) : true;
  const throughKubeProxy = !front || reachesNodes(orElse(front.targets.value, "instance"));
  if (throughKubeProxy && service.externalTrafficPolicy !== "Local") return { sees: "node", via: "peer" };
  return { sees: preserved ? "client" : "balancer", via: "peer" };
}
