import type { Endpoint } from "../model/endpoint";
import type { TrafficPolicy } from "../model/service";
import { categorizeEndpoints, type EndpointSets, type NodeView, type ServiceTraffic } from "./categorize";

/**
 * `internal`: to the cluster IP, steered by `internalTrafficPolicy` alone. `external`: to a node port, a load balancer
 * address or an external IP, steered by `externalTrafficPolicy` alone.
 */
export type TrafficPath = "internal" | "external";

/** `reject`: the client is told at once. `drop`: the client waits until it gives up. */
export type Refusal = "reject" | "drop";

/** Where a new connection goes: spread evenly over these endpoints, or nowhere. The list is never empty. */
export type Spread = readonly Endpoint[] | Refusal;

export function isRefusal(spread: Spread): spread is Refusal {
  return typeof spread === "string";
}

export function policyOf(traffic: ServiceTraffic, path: TrafficPath): TrafficPolicy {
  return path === "internal" ? traffic.internalTrafficPolicy : traffic.externalTrafficPolicy;
}

/**
 * The set that a connection arriving at this node is spread over, evenly and at random (session affinity aside).
 * Nothing anywhere is rejected; something elsewhere that a Local policy may not use is dropped without an answer.
 * Source: k/k pkg/proxy/iptables/proxier.go `syncProxyRules`, pkg/proxy/nftables/proxier.go.
 *
 * Connections that start on the node itself towards an external destination take another way; see `route`.
 */
export function endpointsFor(
  traffic: ServiceTraffic,
  path: TrafficPath,
  node: NodeView,
  endpoints: readonly Endpoint[],
): Spread {
  return spreadOf(categorizeEndpoints(endpoints, traffic, node), policyOf(traffic, path));
}

/** The set for a policy, or why there is none. */
export function spreadOf(sets: EndpointSets, policy: TrafficPolicy): Spread {
  if (!sets.hasAny) return "reject";
  const set = policy === "Local" ? sets.local : sets.cluster;
  return set.length > 0 ? set : "drop";
}
