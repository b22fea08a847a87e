import { mapKnown } from "../../model";
import { isToBeAllocated } from "../allocation/allocated";
import type { ServiceObject, ServiceSpec, StringList } from "./service-object";
import { and, isOneOf, not, or, type Truth } from "./truth";

// What the API server derives from a Service; each is three-valued. Type and policy are read as defaulted.

/** What decides from where a Service can be reached. */
type Reach = Pick<ServiceSpec, "type" | "externalIPs">;

/** k/k pkg/api/v1/service/util.go ExternallyAccessible */
export function externallyAccessible({ spec }: { readonly spec: Reach }): Truth {
  return or(
    isOneOf(spec.type, "LoadBalancer", "NodePort"),
    and(isOneOf(spec.type, "ClusterIP"), hasExternalIPs({ spec })),
  );
}

function hasExternalIPs({ spec }: { readonly spec: Reach }): Truth {
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

/** `clusterIP: None`. An address that is to be allocated is one. */
export function isHeadless({ spec }: ServiceObject): Truth {
  return isToBeAllocated(spec.clusterIP) ? false : isOneOf(spec.clusterIP, "None");
}

/** `None` as the one element of `clusterIPs`, which is what validation looks at. */
export function isHeadlessList(clusterIPs: StringList | undefined): Truth {
  if (clusterIPs === undefined || isToBeAllocated(clusterIPs)) return false;
  return mapKnown(clusterIPs, (ips) =>
    ips.length === 1 && !isToBeAllocated(ips[0]) ? isOneOf(ips[0], "None") : false,
  );
}

export function hasSelector({ spec }: ServiceObject): Truth {
  return mapKnown(spec.selector ?? {}, (selector) => Object.keys(selector).length > 0);
}
