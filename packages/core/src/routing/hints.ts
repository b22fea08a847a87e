import type { Endpoint } from "../model/endpoint";
import type { Node } from "../model/node";
import type { TrafficDistribution } from "../model/service";
import { isReady } from "./conditions";
import { effectiveDistribution, type ActiveDistribution } from "./effective-distribution";
import { type AutoOff, autoHints, withoutHints } from "./topology-auto";
import { TOPOLOGY_MODE_ANNOTATION } from "./topology-annotation";

/** What a Service asks for; both together are legal, and the annotation wins. */
export interface HintWish {
  /** `spec.trafficDistribution`. */
  readonly trafficDistribution?: TrafficDistribution;
  /** Value of the topology annotation. */
  readonly topologyMode?: string;
}

export interface Hinted {
  readonly endpoints: readonly Endpoint[];
  /** What wrote the hints; `none`: every hint was removed. */
  readonly by: "topologyMode" | "trafficDistribution" | "none";
  /** Set where topology-mode Auto was asked for and switched itself off. */
  readonly off?: AutoOff;
}

/**
 * The endpoints with the hints that the EndpointSlice controller gives them. `nodes` are all nodes of the cluster; only
 * topology-mode Auto looks at them. Endpoints that are not ready keep the hints they carry while hints are in use.
 * Source: k8s.io/endpointslice reconciler.go `reconcileByAddressType`.
 */
export function hintsFor(
  active: ActiveDistribution,
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
): Hinted {
  if (active === "topologyMode") {
    const auto = autoHints(endpoints, nodes);
    return auto.off ? { ...auto, by: "none" } : { ...auto, by: "topologyMode" };
  }
  if (active === "none") return { endpoints: endpoints.map(withoutHints), by: "none" };
  return {
    endpoints: endpoints.map((endpoint) => (isReady(endpoint) ? preferClose(endpoint, active) : endpoint)),
    by: "trafficDistribution",
  };
}

/** `hintsFor` what a Service asks for. Without a version the newest supported release answers. */
export function withHints(
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
  { trafficDistribution, topologyMode }: HintWish,
  kubernetesVersion?: string,
): Hinted {
  const { possible } = effectiveDistribution(
    {
      type: "ClusterIP",
      headless: false,
      annotations: topologyMode === undefined ? {} : { [TOPOLOGY_MODE_ANNOTATION]: topologyMode },
      ...(trafficDistribution === undefined ? {} : { trafficDistribution }),
      sessionAffinity: "None",
    },
    kubernetesVersion === undefined ? {} : { kubernetesVersion },
  );
  return hintsFor(possible[0] ?? "none", endpoints, nodes);
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
