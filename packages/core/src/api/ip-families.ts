import { isUnknown, mapKnown, type Knowable } from "../model";
import type { ApiServer } from "./allocation";
import { withoutAbsent } from "./absent";
import { toBeAllocated } from "./allocated";
import { familyOf } from "./ip";
import { hasSelector, isHeadless, needsClusterIP } from "./service-facts";
import type { ServiceObject, StringList } from "./service-object";
import { and, decide, not } from "./truth";

/** Families and their policy as the server fills them in on create (alloc.go initIPFamilyFields). */
export function withIPFamilies(service: ServiceObject, server: ApiServer): ServiceObject {
  const { spec } = service;
  const needed = needsClusterIP(service);
  if (needed === false) return service;
  if (isUnknown(needed)) {
    const { ipFamilyPolicy = needed, ipFamilies = needed } = spec;
    return { ...service, spec: { ...spec, ipFamilyPolicy, ipFamilies } };
  }
  const ipFamilyPolicy = spec.ipFamilyPolicy ?? defaultPolicy(service);
  return {
    ...service,
    spec: withoutAbsent({ ...spec, ipFamilyPolicy, ipFamilies: families(service, ipFamilyPolicy, server) }),
  };
}

/** Endpoints of a headless Service without a selector are somebody else's and may be of any family. */
function headlessWithoutSelector(service: ServiceObject) {
  return and(isHeadless(service), not(hasSelector(service)));
}

function defaultPolicy(service: ServiceObject): Knowable<string> {
  return decide<Knowable<string>>(
    headlessWithoutSelector(service),
    () => "RequireDualStack",
    () => "SingleStack",
    (what) => what,
  );
}

function families(service: ServiceObject, policy: Knowable<string>, server: ApiServer): StringList {
  const { ipFamilies: written = [], clusterIPs = [] } = service.spec;
  if (isUnknown(written)) return written;
  if (isUnknown(clusterIPs)) return written.length > 0 ? written : clusterIPs;
  const inferred = clusterIPs.flatMap((ip, i) =>
    i < written.length || ip === "None" ? [] : [mapKnown(ip, familyOf)],
  );
  const known = [...written, ...inferred];
  const first = known[0] ?? server.serviceIPFamilies?.[0];
  if (first === undefined) return toBeAllocated("spec.ipFamilies", service);
  const start = known.length > 0 ? known : [first];
  if (start.length > 1 || policy === "SingleStack") return start;
  const free = headlessWithoutSelector(service);
  if (isUnknown(policy) || isUnknown(free) || (!free && !server.serviceIPFamilies)) {
    return toBeAllocated("spec.ipFamilies", service);
  }
  const second = mapKnown(first, (family) => (family === "IPv4" ? "IPv6" : "IPv4"));
  return free || server.serviceIPFamilies?.length === 2 ? [first, second] : start;
}
