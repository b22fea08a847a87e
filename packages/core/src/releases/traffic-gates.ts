import type { TrafficDistribution } from "../model/service";

/**
 * State of a feature gate: there is none yet, off or on by default, or on for good (generally available; once a locked gate is
 * removed, its feature stays on).
 */
export type GateState = "absent" | "off" | "on" | "locked";

/** Source: k/k pkg/features/kube_features.go. */
export interface TrafficGates {
  /** `spec.trafficDistribution` (KEP-4444): 1.30 alpha, 1.31 beta, 1.33 GA. */
  readonly ServiceTrafficDistribution: GateState;
  /** Its values `PreferSameZone` and `PreferSameNode` (KEP-3015): 1.33 alpha, 1.34 beta, 1.35 GA. */
  readonly PreferSameTrafficDistribution: GateState;
  /** The annotation `service.kubernetes.io/topology-mode` (KEP-2433): 1.24 beta and on, 1.33 GA. */
  readonly TopologyAwareHints: GateState;
}

export type TrafficGate = keyof TrafficGates;

/** Gates that a cluster sets itself, `--feature-gates` of kube-apiserver and kube-controller-manager. */
export type FeatureGates = Readonly<Record<string, boolean>>;

/** Whether a feature works; a gate that is absent or locked does not listen to what the cluster sets. */
export function isOn(gates: TrafficGates, gate: TrafficGate, set: FeatureGates = {}): boolean {
  const state = gates[gate];
  if (state === "absent" || state === "locked") return state === "locked";
  return set[gate] ?? state === "on";
}

/**
 * Values of `spec.trafficDistribution` that the API server accepts, in the order in which it lists them.
 * Source: k/k pkg/apis/core/validation/validation.go validateServiceTrafficDistribution.
 */
export function acceptedTrafficDistributions(
  gates: TrafficGates,
  set?: FeatureGates,
): readonly TrafficDistribution[] {
  return isOn(gates, "PreferSameTrafficDistribution", set)
    ? ["PreferClose", "PreferSameZone", "PreferSameNode"]
    : ["PreferClose"];
}
