import type { TrafficDistribution } from "../model/service";
import {
  acceptedTrafficDistributions,
  isOn,
  sinceRelease,
  type FeatureGates,
  type TrafficGate,
  type TrafficGates,
} from "../releases";

/** Kubernetes minor version from which on a cluster with default feature gates acts on the value. */
export function trafficDistributionSince(value: TrafficDistribution): string {
  const since = sinceRelease(({ api }) => actsOn(value, api.trafficGates));
  if (!since) throw new Error(`${value}: no supported release acts on it`);
  return since.version;
}

/** Whether the API server keeps the value and the EndpointSlice controller acts on it. Sources: KEP-4444, KEP-3015. */
export function actsOn(value: TrafficDistribution, gates: TrafficGates, set?: FeatureGates): boolean {
  return (
    isOn(gates, "ServiceTrafficDistribution", set) && acceptedTrafficDistributions(gates, set).includes(value)
  );
}

/** The gate that a value fails by, or rests on. */
export function gateOf(value: TrafficDistribution, gates: TrafficGates, set?: FeatureGates): TrafficGate {
  return value === "PreferClose" || !isOn(gates, "ServiceTrafficDistribution", set)
    ? "ServiceTrafficDistribution"
    : "PreferSameTrafficDistribution";
}
