import { isUnknown, unknownAt, type ClientAddress, type Front, type Knowable, type Service } from "../model";
import { clientAddressBehind } from "./client-address";
import { balancerOf } from "./registry";

/** What the pod sees as the client's address behind a front; without a front, clients connect to the nodes themselves. */
export function clientAddressOf(front: Front | undefined, service: Service): Knowable<ClientAddress> {
  if (!front) return clientAddressBehind(undefined, service);
  const balancer = balancerOf(front);
  if (balancer) return balancer.clientAddress(front, service);
  // Whatever the load balancer is, a header that it is known to send names the client.
  const header = front.proxyProtocol.value;
  return isUnknown(header) || header === "off"
    ? unknownAt("clientAddress")
    : { sees: "client", via: "proxyProtocol" };
}
