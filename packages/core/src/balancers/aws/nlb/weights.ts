import type { Target, Weigh } from "../../balancer";
import { evenly, evenlyByZone } from "../../weigh";
import { isUnknown, orElse, type Front, type TargetKind } from "../../../model";
import { CROSS_ZONE } from "../attributes";

/**
 * How an NLB spreads connections over its healthy targets. With cross-zone balancing off (the default of AWS) a client reaches one zonal
 * address, and that zone's targets share what arrives; the zones themselves share evenly, because clients pick addresses from DNS and a
 * zone without a healthy target is removed from it. With cross-zone on every target weighs the same.
 * AWS NLB user guide, "Cross-zone load balancing".
 */
export function nlbWeigh(targets: readonly Target[], kind: TargetKind, front: Front): Weigh {
  return crossZone(front) ? evenly(targets, kind) : evenlyByZone(targets, kind);
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
  const setting = front.attributes[CROSS_ZONE];
  if (!setting || isUnknown(setting.value)) return false;
  return String(orElse(setting.value, false)) === "true";
}
