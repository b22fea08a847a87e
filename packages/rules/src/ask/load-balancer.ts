import { balancersNamed, CONTROLLERS } from "@evenkeel/core/balancers";
import { isUnknown, UNMANAGED_CLASS, type Exposure } from "@evenkeel/core/model";

/**
 * What is known of the load balancer in front of a Service. `elsewhere`: who builds it is known, or will be, but it was not found in the
 * input. `unmodelled`: there is one by the Service's type, and nobody has modelled what it does. `none`: none is asked for.
 */
export type LoadBalancerState = "modelled" | "unmodelled" | "elsewhere" | "none";

export function loadBalancerState({ service, fronts }: Exposure): LoadBalancerState {
  if (fronts.length > 0)
    return fronts.every(({ balancer }) => balancersNamed(balancer).length > 0) ? "modelled" : "unmodelled";
  const { type, loadBalancerClass, annotations } = service;
  if (type !== "LoadBalancer") return "none";
  if (loadBalancerClass !== undefined)
    return isUnknown(loadBalancerClass) || loadBalancerClass === UNMANAGED_CLASS ? "elsewhere" : "unmodelled";
  return Object.keys(annotations).some(isOfKnownController) ? "elsewhere" : "unmodelled";
}

function isOfKnownController(key: string): boolean {
  return CONTROLLERS.some(({ annotations }) => annotations.prefixes.some((prefix) => key.startsWith(prefix)));
}
