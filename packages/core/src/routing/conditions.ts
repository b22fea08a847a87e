import type { Endpoint } from "../model/endpoint";

/** `ready` as kube-proxy reads it: unset counts as true. Source: k/k pkg/proxy/endpointslicecache.go `addEndpoints`. */
export function isReady(endpoint: Endpoint): boolean {
  return endpoint.ready ?? true;
}

/**
 * Still answers while it terminates. Such endpoints take the place of ready ones where there are none.
 * Source: k/k pkg/proxy/topology.go; KEP-1669.
 */
export function isServingTerminating(endpoint: Endpoint): boolean {
  return (endpoint.serving ?? true) && (endpoint.terminating ?? false);
}

/** On the node of that name. An endpoint without a node name is local nowhere. */
export function isLocal(endpoint: Endpoint, nodeName: string): boolean {
  return nodeName !== "" && endpoint.nodeName === nodeName;
}
