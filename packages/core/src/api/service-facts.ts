import { isUnknown, mapKnown } from "../model";
import type { ServiceObject } from "./service-object";
import { and, isOneOf, not, or, type Truth } from "./truth";

// What the API server derives from a Service; each is three-valued. Type and policy are read as defaulted.

/** k/k pkg/api/v1/service/util.go ExternallyAccessible */
export function externallyAccessible({ spec }: ServiceObject): Truth {
  return or(
    isOneOf(spec.type, "LoadBalancer", "NodePort"),
    and(isOneOf(spec.type, "ClusterIP"), hasExternalIPs({ spec })),
  );
}

export function hasExternalIPs({ spec }: Pick<ServiceObject, "spec">): Truth {
  return mapKnown(spec.externalIPs ?? [], (ips) => ips.length > 0);
}

/** k/k pkg/api/v1/service/util.go NeedsHealthCheck */
export function needsHealthCheck({ spec }: ServiceObject): Truth {
  return and(isOneOf(spec.type, "LoadBalancer"), isOneOf(spec.externalTrafficPolicy, "Local"));
}

/** k/k pkg/registry/core/service/storage/alloc.go shouldAllocateNodePorts */
export function allocatesNodePorts({ spec }: ServiceObject): Truth {
  return or(
    isOneOf(spec.type, "NodePort"),
    and(isOneOf(spec.type, "LoadBalancer"), isOneOf(spec.allocateLoadBalancerNodePorts, true)),
  );
}

/** k/k pkg/registry/core/service/storage/storage.go needsClusterIP */
export function needsClusterIP({ spec }: ServiceObject): Truth {
  return not(isOneOf(spec.type, "ExternalName"));
}

/** `clusterIP: None`, before or after the plural field is filled in. */
export function isHeadless({ spec }: ServiceObject): Truth {
  if (spec.clusterIP !== undefined) return isOneOf(spec.clusterIP, "None");
  const ips = spec.clusterIPs ?? [];
  return isUnknown(ips) ? ips : ips.length === 1 ? isOneOf(ips[0], "None") : false;
}

export function hasSelector({ spec }: ServiceObject): Truth {
  return mapKnown(spec.selector ?? {}, (selector) => Object.keys(selector).length > 0);
}
