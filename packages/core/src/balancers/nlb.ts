import type { RecommendedHealthCheck } from "./balancer";
import { isUnknown, orElse, type Front } from "../model";

/** What AWS Load Balancer Controller sets where the traffic port itself says enough: nodes under Cluster, and pods. */
export const TCP_ON_TRAFFIC_PORT: RecommendedHealthCheck = {
  protocol: "TCP",
  port: "traffic-port",
  intervalSeconds: 10,
  timeoutSeconds: 10,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};

/** Who makes an NLB where nobody says otherwise. */
export const NLB_CONTROLLER = "aws-load-balancer-controller";

export const CROSS_ZONE_ATTRIBUTE = "load_balancing.cross_zone.enabled";

/**
 * Weights of an NLB's healthy targets. With cross-zone balancing off (the default of AWS) a client reaches one zonal address, and
 * that zone's targets share what arrives; the zones themselves share evenly, because clients pick addresses from DNS and a zone
 * without a healthy target is taken out of it. With cross-zone on every target weighs the same.
 * AWS NLB user guide, "Cross-zone load balancing".
 */
export function nlbWeights(zones: readonly (string | undefined)[], front: Front): readonly number[] {
  if (zones.length === 0) return [];
  if (crossZone(front)) return zones.map(() => 1 / zones.length);
  const perZone = new Map<string | undefined, number>();
  for (const zone of zones) perZone.set(zone, (perZone.get(zone) ?? 0) + 1);
  return zones.map((zone) => 1 / perZone.size / (perZone.get(zone) ?? 1));
}

/**
 * Without cross-zone balancing a zone that has lost its last healthy target is dead to whoever still has its address: DNS answers live
 * a minute. AWS NLB user guide, "Health checks for your target groups".
 */
export function emptyZoneSeconds(front: Front): number {
  return crossZone(front) ? 0 : 60;
}

/** Whether targets of other zones are used; an unknown setting counts as off, the default of AWS. */
export function crossZone(front: Front): boolean {
  const setting = front.attributes[CROSS_ZONE_ATTRIBUTE];
  if (!setting || isUnknown(setting.value)) return false;
  return String(orElse(setting.value, false)) === "true";
}
