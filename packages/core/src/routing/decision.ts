import type { Endpoint } from "../model/endpoint";
import type { Arrival } from "./arrival";
import { isLocal } from "./conditions";
import type { Because, Delivery, Flow, Outcome } from "./flow";

/** What a data plane decides about a connection on one node. */
export type Decision =
  | {
      readonly verdict: "deliver";
      readonly set: "cluster" | "local";
      readonly endpoints: readonly Endpoint[];
      readonly because: Because;
      readonly masquerade: boolean;
    }
  | { readonly verdict: "reject" | "drop" | "leaves"; readonly because: Because };

export function deliver(
  set: "cluster" | "local",
  endpoints: readonly Endpoint[],
  because: Because,
  masquerade: boolean,
): Decision {
  return { verdict: "deliver", set, endpoints, because, masquerade };
}

export function refuse(verdict: "reject" | "drop", because: Because): Decision {
  return { verdict, because };
}

/** The outcome for the client: what each endpoint sees, and whether its reply finds the way back. */
export function outcomeOf(decision: Decision, flow: Flow, arrival: Arrival): Outcome {
  const at = arrival.at.name;
  if (decision.verdict === "leaves") return { verdict: "leaves", from: at, because: decision.because };
  if (decision.verdict !== "deliver") return { verdict: decision.verdict, at, because: decision.because };
  const { set, because, endpoints, masquerade } = decision;
  return {
    verdict: "deliver",
    at,
    set,
    because,
    to: endpoints.map((endpoint) => delivery(endpoint, masquerade, flow, arrival)),
    ...(flow.service.sessionAffinity === "ClientIP" && { sticksTo: arrival.address }),
  };
}

function delivery(endpoint: Endpoint, masquerade: boolean, flow: Flow, arrival: Arrival): Delivery {
  const { at, origin, address } = arrival;
  const masqueraded = masquerade || returnsToSender(endpoint, flow, arrival);
  const fromHost = origin === "hostNetwork" || origin === "localhost";
  return {
    endpoint,
    masqueraded,
    sees: masqueraded || fromHost ? { kind: "node", node: at.name } : { kind: "client", address },
    answered: masqueraded || isLocal(endpoint, at.name) || livesHere(flow, arrival),
  };
}

/**
 * The reply to whoever lives on this node comes back through it, wherever the endpoint is. Not so in ipvs mode where the node
 * talks from the load balancer's address, which every node has: the endpoint's node keeps the reply for itself.
 */
function livesHere({ network, destination }: Flow, { origin }: Arrival): boolean {
  if (origin === "elsewhere") return false;
  const ownsNodesAddress = destination.kind === "nodePort" || destination.kind === "clusterIP";
  return origin === "pod" || network.dataplane !== "ipvs" || ownsNodesAddress;
}

/**
 * A pod that reaches itself through its Service is masqueraded, or it would answer itself directly. iptables does so for every
 * endpoint, nftables and ipvs keep a set of those on the node.
 */
function returnsToSender(endpoint: Endpoint, { network }: Flow, { at, address }: Arrival): boolean {
  if (!endpoint.addresses.includes(address)) return false;
  return network.dataplane === "nftables" || network.dataplane === "ipvs" ? isLocal(endpoint, at.name) : true;
}
