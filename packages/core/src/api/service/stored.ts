import { isUnknown, mapKnown, unknownAt } from "../../model";
import { amended } from "./absent";
import type { ApiServer } from "../allocation/api-server";
import { familyOf } from "../ip/ip";
import { hasSelector } from "./service-facts";
import type { ServiceObject, ServiceSpec } from "./service-object";
import { isOneOf } from "./truth";

/**
 * A Service as the server reads it from its storage: what older servers did not write is filled in, what they should not have
 * written is left out (k/k pkg/registry/core/service/storage/storage.go defaultOnReadService).
 */
export function asRead(service: ServiceObject, server: ApiServer): ServiceObject {
  const plural = withPluralClusterIPs(service);
  const { type } = service.spec;
  if (isUnknown(type)) return plural;
  if (type === "ExternalName") {
    return { ...plural, spec: amended(plural.spec, { internalTrafficPolicy: undefined }) };
  }
  const missing = missingFamilies(plural, server);
  return missing ? { ...plural, spec: amended(plural.spec, missing) } : plural;
}

/** storage.go normalizeClusterIPs, where there is no Service before it. */
export function withPluralClusterIPs(service: ServiceObject): ServiceObject {
  const { clusterIP, clusterIPs: written } = service.spec;
  if (clusterIP === undefined || isUnknown(written) || (written?.length ?? 0) > 0) return service;
  return { ...service, spec: amended(service.spec, { clusterIPs: [clusterIP] }) };
}

function missingFamilies(
  service: ServiceObject,
  { serviceIPFamilies }: ApiServer,
): Partial<ServiceSpec> | undefined {
  const { ipFamilies, clusterIPs = [] } = service.spec;
  if (isUnknown(ipFamilies) || (ipFamilies?.length ?? 0) > 0 || isUnknown(clusterIPs)) return undefined;
  if (isOneOf(service.spec.clusterIP, "None") !== true) {
    const policy = [undefined, "SingleStack", "RequireDualStack"][clusterIPs.length];
    const families = clusterIPs.map((ip) =>
      mapKnown(ip, (text) => (familyOf(text) === "IPv6" ? "IPv6" : "IPv4")),
    );
    return { ipFamilies: families, ipFamilyPolicy: policy ?? service.spec.ipFamilyPolicy };
  }
  const primary = serviceIPFamilies?.[0] ?? unknownAt("cluster.serviceIPFamilies");
  const other = mapKnown(primary, (family) => (family === "IPv4" ? "IPv6" : "IPv4"));
  return hasSelector(service) === true
    ? { ipFamilyPolicy: "SingleStack", ipFamilies: [primary] }
    : { ipFamilyPolicy: "RequireDualStack", ipFamilies: [primary, other] };
}
