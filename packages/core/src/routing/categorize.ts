import type { Endpoint } from "../model/endpoint";
import type { TrafficPolicy } from "../model/service";
import { isLocal, isReady, isServingTerminating } from "./conditions";

/** What of a Service port decides which endpoints a node uses. */
export interface ServiceTraffic {
  readonly externalTrafficPolicy: TrafficPolicy;
  readonly internalTrafficPolicy: TrafficPolicy;
  /** Has a node port, a load balancer address in VIP mode, or an external IP. */
  readonly externallyReachable: boolean;
}

/** The node that kube-proxy runs on. */
export interface NodeView {
  readonly name: string;
  /** Label `topology.kubernetes.io/zone`; absent without it. */
  readonly zone?: string;
}

export interface EndpointSets {
  /** Usable for Cluster traffic, narrowed by hints; empty if the Service port has no Cluster traffic. */
  readonly cluster: readonly Endpoint[];
  /** Usable for Local traffic; empty if the Service port has no Local traffic. */
  readonly local: readonly Endpoint[];
  /** Both together, each endpoint once. */
  readonly allReachable: readonly Endpoint[];
  /** Some endpoint somewhere in the cluster could answer. Decides between reject and drop. */
  readonly hasAny: boolean;
}

/** How hints narrow the cluster set on this node. */
type TopologyMode = "none" | "sameZone" | "sameNode";

/**
 * ClusterIP traffic under internal policy Cluster, and all that arrives from outside: under external policy Local the
 * cluster set still serves the node's own pods (short circuit). Source: k/k pkg/proxy/serviceport.go.
 */
export function usesCluster(traffic: ServiceTraffic): boolean {
  return traffic.internalTrafficPolicy !== "Local" || traffic.externallyReachable;
}

export function usesLocal(traffic: ServiceTraffic): boolean {
  return (
    traffic.internalTrafficPolicy === "Local" ||
    (traffic.externalTrafficPolicy === "Local" && traffic.externallyReachable)
  );
}

/**
 * The endpoints of one Service port as one node's kube-proxy uses them. Usable means ready, or, in each set apart, serving
 * while terminating if none is ready. The order of `endpoints` is kept.
 * Source: k/k pkg/proxy/topology.go `CategorizeEndpoints`.
 */
export function categorizeEndpoints(
  endpoints: readonly Endpoint[],
  traffic: ServiceTraffic,
  node: NodeView,
): EndpointSets {
  const mode = usesCluster(traffic) ? topologyMode(endpoints, node) : "none";
  const cluster = usesCluster(traffic) ? clusterSet(endpoints, mode, node) : [];
  if (!usesLocal(traffic)) return { cluster, local: [], allReachable: cluster, hasAny: cluster.length > 0 };

  const local = orTerminating(
    endpoints.filter((endpoint) => isLocal(endpoint, node.name)),
    isReady,
  );
  return {
    cluster,
    local,
    allReachable: union(cluster, local),
    hasAny: endpoints.some((endpoint) => isReady(endpoint) || isServingTerminating(endpoint)),
  };
}

function clusterSet(endpoints: readonly Endpoint[], mode: TopologyMode, node: NodeView): readonly Endpoint[] {
  return orTerminating(endpoints, (endpoint) => isReady(endpoint) && availableFor(endpoint, mode, node));
}

/** Those that are wanted; if there are none, those that still serve while they terminate, whatever their hints. */
function orTerminating(
  endpoints: readonly Endpoint[],
  wanted: (endpoint: Endpoint) => boolean,
): readonly Endpoint[] {
  const found = endpoints.filter(wanted);
  return found.length > 0 ? found : endpoints.filter(isServingTerminating);
}

/**
 * All or nothing: a mode holds if every ready endpoint carries its kind of hint and one of them names this node or zone.
 * One endpoint without a zone hint turns zone routing off for the whole Service. Source: `topologyModeFromHints`.
 */
function topologyMode(endpoints: readonly Endpoint[], node: NodeView): TopologyMode {
  let allHaveNodes = true;
  let oneNamesNode = false;
  let allHaveZones = true;
  let oneNamesZone = false;
  for (const endpoint of endpoints) {
    if (!isReady(endpoint)) continue;
    const nodes = endpoint.hints?.forNodes;
    if (!nodes?.length) allHaveNodes = false;
    else if (nodes.includes(node.name)) oneNamesNode = true;
    const zones = endpoint.hints?.forZones;
    if (!zones?.length) allHaveZones = false;
    else if (zones.includes(node.zone ?? "")) oneNamesZone = true;
  }
  if (allHaveNodes && oneNamesNode) return "sameNode";
  return allHaveZones && oneNamesZone ? "sameZone" : "none";
}

function availableFor(endpoint: Endpoint, mode: TopologyMode, node: NodeView): boolean {
  switch (mode) {
    case "none":
      return true;
    case "sameNode":
      return endpoint.hints?.forNodes?.includes(node.name) ?? false;
    case "sameZone":
      return endpoint.hints?.forZones?.includes(node.zone ?? "") ?? false;
  }
}

function union(cluster: readonly Endpoint[], local: readonly Endpoint[]): readonly Endpoint[] {
  if (local.length === 0) return cluster;
  if (cluster.length === 0) return local;
  const inCluster = new Set(cluster);
  const further = local.filter((endpoint) => !inCluster.has(endpoint));
  return further.length === 0 ? cluster : [...cluster, ...further];
}
