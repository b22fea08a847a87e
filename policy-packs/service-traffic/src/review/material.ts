import type { PulumiOptions } from "@evenkeel/adapters";
import type { Settings } from "../settings/settings";

/**
 * Types that may have a part in an exposure; the properties of others are never looked at, those of Kubernetes Secrets on purpose.
 * AWS resources have several names each (`aws:lb` and `aws:alb`, and older aliases).
 */
const READABLE =
  /^(kubernetes:(?!core\/v1:Secret)|evenkeel:|aws:(lb|alb|elasticloadbalancingv2|applicationloadbalancing|autoscaling)\/)/;

export function isReadable(type: string): boolean {
  return READABLE.test(type);
}

/** Whether the provider computes properties that nobody wrote, so that only the inputs tell what was written. */
export function hasComputedDefaults(type: string): boolean {
  return type.startsWith("aws:");
}

export function readOptions({ kubernetesVersion, dataplane }: Settings): PulumiOptions {
  return { kubernetesVersion, dataplane };
}
