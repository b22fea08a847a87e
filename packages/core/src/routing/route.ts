import { sayRouting } from "./texts";
import type { Dataplane } from "../model/cluster";
import { type Arrival, arrivalOf } from "./arrival";
import { type Decision, outcomeOf } from "./decision";
import type { Destination, Flow, Route } from "./flow";
import { ipvs } from "./ipvs";
import { kubeProxy } from "./kube-proxy";

/**
 * What happens to a new connection: which endpoints it is spread over and what address they see, or that it is refused,
 * dropped, or leaves the node towards the load balancer. Proved for iptables and nftables; elsewhere `assumption` says what
 * the answer rests on. Throws a `RangeError` for a node that is not among the nodes of the flow.
 */
export function route(flow: Flow): Route {
  const arrival = arrivalOf(flow);
  if (!ownedByNodes(flow.destination))
    return {
      verdict: "leaves",
      from: arrival.at.name,
      because: "notOwned",
      ...assumed(flow.network.dataplane),
    };
  return { ...outcomeOf(decide(flow, arrival), flow, arrival), ...assumed(flow.network.dataplane) };
}

function decide(flow: Flow, arrival: Arrival): Decision {
  return flow.network.dataplane === "ipvs" ? ipvs(flow, arrival) : kubeProxy(flow, arrival);
}

/** False for a load balancer's hostname and for its address in Proxy mode. Source: k/k pkg/proxy/serviceport.go. */
export function ownedByNodes(destination: Destination): boolean {
  if (destination.kind !== "loadBalancer") return true;
  const { ip, ipMode = "VIP" } = destination.ingress;
  return Boolean(ip) && ipMode === "VIP";
}

function assumed(dataplane: Dataplane): { readonly assumption?: string } {
  switch (dataplane) {
    case "iptables":
    case "nftables":
      return {};
    case "ipvs":
      return { assumption: sayRouting("ipvs-not-proved").sentence };
    case "cilium":
    case "ovn":
    case "other":
      return { assumption: `the ${dataplane} data plane does what kube-proxy in iptables mode does` };
  }
}
