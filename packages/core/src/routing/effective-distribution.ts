import { isUnknown, type Knowable } from "../model/knowable";
import type { Service, TrafficDistribution } from "../model/service";
import type { Statement } from "../model/statement";
import {
  acceptedTrafficDistributions,
  isOn,
  releaseOf,
  type FeatureGates,
  type TrafficGates,
} from "../releases";
import { sayRouting } from "./texts";
import { enablesTopology, topologyAnnotationOf } from "./topology-annotation";
import { actsOn, gateOf, trafficDistributionSince } from "./traffic-distribution";

/** What the EndpointSlice controller gives hints for: the annotation's allocation, a preference of the field, or nothing. */
export type ActiveDistribution = "none" | "topologyMode" | TrafficDistribution;

export interface EffectiveDistribution {
  /** What is in force: one entry, or all that it may be where a value that decides is not known. */
  readonly possible: readonly ActiveDistribution[];
  /** Why that is in force, and why something else that the Service states is not. */
  readonly reasons: readonly Statement[];
  /** What is not known, where `possible` has several entries. */
  readonly unknown: readonly Statement[];
}

export interface DistributionCluster {
  /** Absent: the newest supported release answers, and a reason says where the answer changes. */
  readonly kubernetesVersion?: string;
  /** Feature gates that are not at their default. */
  readonly featureGates?: FeatureGates;
}

/**
 * Which traffic distribution of a Service is in force. The topology annotation counts before the field, even where its own gate is
 * off; a value of the field that the API server of this release drops or refuses is not in force. Traffic under a Local policy is not
 * subject to any of it, which is for the caller to know (KEP-4444).
 *
 * Source: k8s.io/endpointslice reconciler.go `reconcileByAddressType`, utils.go `hintsEnabled`.
 */
export function effectiveDistribution(
  service: Pick<Service, "type" | "headless" | "annotations" | "trafficDistribution" | "sessionAffinity">,
  cluster: DistributionCluster = {},
): EffectiveDistribution {
  const mode = topologyAnnotationOf(service.annotations);
  const field = service.trafficDistribution;
  if (mode === undefined && field === undefined) return NOTHING_STATED;
  if (service.headless || service.type === "ExternalName") {
    const why = service.headless ? "headless" : "ExternalName";
    return certain("none", sayRouting("distribution-without-kube-proxy", { why }));
  }
  return withAffinity(decided(mode, field, cluster), service);
}

const NOTHING_STATED: EffectiveDistribution = Object.freeze({
  possible: Object.freeze(["none" as const]),
  reasons: [],
  unknown: [],
});

function decided(
  mode: ReturnType<typeof topologyAnnotationOf>,
  field: Knowable<TrafficDistribution> | undefined,
  cluster: DistributionCluster,
): EffectiveDistribution {
  if (mode === undefined) return ofField(field, cluster);
  const { annotation, value } = mode;
  if (isUnknown(value)) {
    const [auto, other] = [ofAnnotation(annotation, field, cluster), ofField(field, cluster)];
    return {
      possible: [...new Set([...auto.possible, ...other.possible])],
      reasons: [],
      unknown: [sayRouting("distribution-not-known", { path: value.path }), ...other.unknown],
    };
  }
  if (enablesTopology(value)) return ofAnnotation(annotation, field, cluster);
  const rest = ofField(field, cluster);
  // `Disabled` is what people write to say no.
  const reasons = /^disabled$/i.test(value)
    ? []
    : [sayRouting("topology-mode-value-ignored", { annotation, value })];
  return { ...rest, reasons: [...reasons, ...rest.reasons] };
}

function ofAnnotation(
  annotation: string,
  field: Knowable<TrafficDistribution> | undefined,
  cluster: DistributionCluster,
): EffectiveDistribution {
  if (!isOn(gatesOf(cluster), "TopologyAwareHints", cluster.featureGates))
    return certain("none", sayRouting("topology-mode-gate-off", { annotation }));
  const beaten =
    field === undefined || isUnknown(field)
      ? []
      : [sayRouting("topology-mode-wins", { annotation, value: field })];
  return certain("topologyMode", sayRouting("topology-mode-in-force", { annotation }), ...beaten);
}

function ofField(
  value: Knowable<TrafficDistribution> | undefined,
  cluster: DistributionCluster,
): EffectiveDistribution {
  if (value === undefined) return NOTHING_STATED;
  const { kubernetesVersion, featureGates } = cluster;
  const gates = gatesOf(cluster);
  if (isUnknown(value)) {
    const values = acceptedTrafficDistributions(gates, featureGates).filter((one) =>
      actsOn(one, gates, featureGates),
    );
    if (values.length === 0) return NOTHING_STATED;
    return {
      possible: ["none", ...values],
      reasons: [],
      unknown: [sayRouting("distribution-not-known", { path: value.path })],
    };
  }
  const since = trafficDistributionSince(value);
  if (!actsOn(value, gates, featureGates)) {
    const gate = gateOf(value, gates, featureGates);
    return certain(
      "none",
      gates[gate] === "on" || kubernetesVersion === undefined
        ? sayRouting("distribution-gate-off", { value, gate })
        : sayRouting("distribution-needs-newer-release", { value, version: kubernetesVersion, since }),
    );
  }
  const open =
    kubernetesVersion === undefined ? [sayRouting("distribution-depends-on-version", { value, since })] : [];
  return certain(value, sayRouting("distribution-in-force", { value }), ...open);
}

/** kube-proxy chooses once for a client and its affinity's timeout; k/k pkg/proxy/iptables/proxier.go `writeServiceToEndpointRules`. */
function withAffinity(
  found: EffectiveDistribution,
  { sessionAffinity }: Pick<Service, "sessionAffinity">,
): EffectiveDistribution {
  if (sessionAffinity !== "ClientIP" || found.possible.every((one) => one === "none")) return found;
  return { ...found, reasons: [...found.reasons, sayRouting("affinity-keeps-the-first-choice")] };
}

function gatesOf({ kubernetesVersion }: DistributionCluster): TrafficGates {
  return releaseOf(kubernetesVersion).api.trafficGates;
}

function certain(active: ActiveDistribution, ...reasons: readonly Statement[]): EffectiveDistribution {
  return { possible: [active], reasons, unknown: [] };
}
