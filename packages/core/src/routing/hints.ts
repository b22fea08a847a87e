import type { Endpoint } from "../model/endpoint";
import type { Node } from "../model/node";
import type { TrafficDistribution } from "../model/service";
import { acceptedTrafficDistributions, isOn, releaseOf, sinceRelease, type Release } from "../releases";
import { isReady } from "./conditions";
import { type AutoOff, autoHints, withoutHints } from "./topology-auto";

export const TOPOLOGY_MODE_ANNOTATION = "service.kubernetes.io/topology-mode";
export const DEPRECATED_TOPOLOGY_ANNOTATION = "service.kubernetes.io/topology-aware-hints";

/** Kubernetes minor version from which a default cluster acts on the value. */
export function trafficDistributionSince(value: TrafficDistribution): string {
  const since = sinceRelease((release) => actsOn(value, release));
  if (!since) throw new Error(`${value}: no supported release acts on it`);
  return since.version;
}

/** Whether a cluster of the release with default feature gates keeps the value and acts on it. Sources: KEP-4444, KEP-3015. */
export function actsOn(value: TrafficDistribution, { api: { trafficGates } }: Release): boolean {
  return (
    isOn(trafficGates, "ServiceTrafficDistribution") &&
    acceptedTrafficDistributions(trafficGates).includes(value)
  );
}

/** What a Service asks for; both together are legal, and the annotation wins. */
export interface HintWish {
  /** `spec.trafficDistribution`. */
  readonly trafficDistribution?: TrafficDistribution;
  /** Value of the topology annotation, see `topologyModeOf`. */
  readonly topologyMode?: string;
}

export interface Hinted {
  readonly endpoints: readonly Endpoint[];
  /** What wrote the hints; `none`: every hint was removed. */
  readonly by: "topologyMode" | "trafficDistribution" | "none";
  /** Set where topology-mode Auto was asked for and switched itself off. */
  readonly off?: AutoOff;
}

/** The value of the topology annotation; the deprecated key is read first. */
export function topologyModeOf(annotations: Readonly<Record<string, string>>): string | undefined {
  return annotations[DEPRECATED_TOPOLOGY_ANNOTATION] ?? annotations[TOPOLOGY_MODE_ANNOTATION];
}

/** Only these two spellings enable hints. Source: k8s.io/endpointslice utils.go `hintsEnabled`. */
export function enablesTopology(topologyMode: string | undefined): boolean {
  return topologyMode === "Auto" || topologyMode === "auto";
}

/**
 * The endpoints with the hints that the EndpointSlice controller gives them. `nodes` are all nodes of the cluster; only
 * topology-mode Auto looks at them. Endpoints that are not ready keep the hints they carry while hints are in use.
 * Without a version the newest supported one answers; `trafficDistributionSince` says where the answer changes.
 * Source: k8s.io/endpointslice reconciler.go `reconcileByAddressType`.
 */
export function withHints(
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
  wish: HintWish,
  kubernetesVersion?: string,
): Hinted {
  if (enablesTopology(wish.topologyMode)) {
    const auto = autoHints(endpoints, nodes);
    return auto.off ? { ...auto, by: "none" } : { ...auto, by: "topologyMode" };
  }
  const wanted = wish.trafficDistribution;
  if (wanted === undefined || !actsOn(wanted, releaseOf(kubernetesVersion)))
    return { endpoints: endpoints.map(withoutHints), by: "none" };
  return {
    endpoints: endpoints.map((endpoint) => (isReady(endpoint) ? preferClose(endpoint, wanted) : endpoint)),
    by: "trafficDistribution",
  };
}

/**
 * Each ready endpoint is hinted for its own zone and, under PreferSameNode, its own node. No balance, no threshold: a zone
 * with one pod takes the traffic of the whole zone. Source: k8s.io/endpointslice trafficdist/trafficdist.go.
 */
function preferClose(endpoint: Endpoint, wanted: TrafficDistribution): Endpoint {
  const forZones = endpoint.zone === undefined ? undefined : [endpoint.zone];
  const forNodes =
    wanted === "PreferSameNode" && endpoint.nodeName !== undefined ? [endpoint.nodeName] : undefined;
  if (!forZones && !forNodes) return withoutHints(endpoint);
  return { ...endpoint, hints: { ...(forZones && { forZones }), ...(forNodes && { forNodes }) } };
}
