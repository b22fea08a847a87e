import { isUnknown, mapKnown, unknownAt, type Knowable } from "../../model";
import { amended } from "../service/absent";
import type { ApiServer } from "./api-server";
import { toBeAllocated } from "./allocated";
import { failed, type Check, type Undecided } from "../answer/check";
import { clusterIPChecks, goStrings, knownStrings } from "../validation/cluster-ips";
import { goNamed, invalid, type FieldError } from "../answer/field-error";
import { familyOf } from "../ip/ip";
import type { ApiTraits } from "../../releases";
import { hasSelector, isHeadless, needsClusterIP } from "../service/service-facts";
import type { ServiceObject, StringList } from "../service/service-object";
import { and, decide, not, type Truth } from "../service/truth";

/** A step of allocation: the Service after it, or why there is none. */
export interface Step {
  readonly service: ServiceObject;
  readonly checks: readonly Check[];
}

const POLICY = "spec.ipFamilyPolicy";

/**
 * Families and their policy as the server fills them in before it allocates anything, on create and on update
 * (k/k pkg/registry/core/service/storage/alloc.go initIPFamilyFields).
 */
export function withIPFamilies(
  service: ServiceObject,
  stored: ServiceObject | undefined,
  server: ApiServer,
  release: ApiTraits,
): Step {
  const needed = needsClusterIP(service);
  if (needed === false) return { service, checks: [] };
  if (isUnknown(needed)) {
    const { ipFamilyPolicy = needed, ipFamilies = needed } = service.spec;
    return {
      service: { ...service, spec: amended(service.spec, { ipFamilyPolicy, ipFamilies }) },
      checks: [],
    };
  }
  if (stored && staysPreferDualStack(service, stored)) return { service, checks: [] };
  const policy = service.spec.ipFamilyPolicy ?? stored?.spec.ipFamilyPolicy ?? defaultPolicy(service);
  const withPolicy = { ...service, spec: amended(service.spec, { ipFamilyPolicy: policy }) };
  const before = clusterIPChecks(withPolicy, stored, release);
  if (failed(before)) return { service: withPolicy, checks: before };
  const trimmed = stored && policy === "SingleStack" ? withoutSecond(withPolicy, stored) : withPolicy;
  const asked = askedForTwo(trimmed, stored, policy);
  const inferred = inferFamilies(trimmed, server);
  const refused = [...asked, ...inferred.errors];
  if (refused.length > 0) return { service: trimmed, checks: [...before, ...refused] };
  const families = allFamilies(trimmed, inferred.families, policy, server);
  return {
    service: { ...trimmed, spec: amended(trimmed.spec, { ipFamilies: families.families }) },
    checks: [...before, ...families.checks],
  };
}

/** Endpoints of a headless Service without a selector are somebody else's and may be of any family. */
function isFreeOfFamilies(service: ServiceObject): Truth {
  return and(isHeadless(service), not(hasSelector(service)));
}

function defaultPolicy(service: ServiceObject): Knowable<string> {
  return decide<Knowable<string>>(
    isFreeOfFamilies(service),
    () => "RequireDualStack",
    () => "SingleStack",
    (what) => what,
  );
}

/** alloc.go isMatchingPreferDualStackClusterIPFields: such a Service is left alone when the cluster has changed. */
export function staysPreferDualStack({ spec }: ServiceObject, { spec: before }: ServiceObject): boolean {
  return (
    spec.type === before.type &&
    ["ClusterIP", "NodePort", "LoadBalancer"].some((type) => type === spec.type) &&
    spec.ipFamilyPolicy === "PreferDualStack" &&
    (before.ipFamilyPolicy === undefined || before.ipFamilyPolicy === "PreferDualStack") &&
    sameStrings(spec.clusterIPs, before.clusterIPs) &&
    sameStrings(spec.ipFamilies, before.ipFamilies)
  );
}

export function sameStrings(now: StringList | undefined, before: StringList | undefined): boolean {
  if (isUnknown(now) || isUnknown(before)) return false;
  const [a, b] = [now ?? [], before ?? []];
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Single stack asked of a dual-stack Service drops what was left as it was. */
function withoutSecond(service: ServiceObject, stored: ServiceObject): ServiceObject {
  const first = (now: StringList | undefined, before: StringList | undefined) =>
    sameStrings(now, before) ? mapKnown(now, (items) => items?.slice(0, 1)) : now;
  const { clusterIPs, ipFamilies } = service.spec;
  return {
    ...service,
    spec: {
      ...service.spec,
      clusterIPs: first(clusterIPs, stored.spec.clusterIPs),
      ipFamilies: first(ipFamilies, stored.spec.ipFamilies),
    },
  };
}

function askedForTwo(
  { spec }: ServiceObject,
  stored: ServiceObject | undefined,
  policy: Knowable<string>,
): readonly FieldError[] {
  if (isUnknown(policy)) return [];
  const ips = count(spec.clusterIPs);
  const families = count(spec.ipFamilies);
  const wrong = (message: string) => invalid(POLICY, goNamed(policy), message);
  if (policy === "SingleStack") {
    const two = (what: string) =>
      wrong(`must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`);
    return [...(ips === 2 ? [two("cluster IPs")] : []), ...(families === 2 ? [two("IP families")] : [])];
  }
  const reduced = (now: number, before: StringList | undefined) => stored && now > 0 && now < count(before);
  const releases = (what: string) => wrong(`must be 'SingleStack' to release the secondary ${what}`);
  return [
    ...(reduced(ips, stored?.spec.clusterIPs) ? [releases("cluster IP")] : []),
    ...(reduced(families, stored?.spec.ipFamilies) ? [releases("IP family")] : []),
  ];
}

function count(list: StringList | undefined): number {
  return list === undefined || isUnknown(list) ? 0 : list.length;
}

/** Families that were not written follow from the addresses that were. */
function inferFamilies(
  { spec }: ServiceObject,
  { serviceIPFamilies }: ApiServer,
): { families: StringList; errors: readonly FieldError[] } {
  const { ipFamilies: written = [], clusterIPs = [] } = spec;
  if (isUnknown(written) || isUnknown(clusterIPs)) {
    return { families: count(written) > 0 ? written : isUnknown(written) ? written : clusterIPs, errors: [] };
  }
  const missing = clusterIPs[0] === "None" ? [] : clusterIPs.slice(written.length);
  const inferred = missing.map((ip) => mapKnown(ip, familyOf));
  const errors = inferred.flatMap((family, i) =>
    isUnknown(family) || !serviceIPFamilies || serviceIPFamilies.some((configured) => configured === family)
      ? []
      : [
          invalid(
            `spec.clusterIPs[${written.length + i}]`,
            goStrings(clusterIPs),
            `${family} is not configured on this cluster`,
          ),
        ],
  );
  return { families: [...written, ...inferred], errors };
}

function allFamilies(
  service: ServiceObject,
  asked: StringList,
  policy: Knowable<string>,
  server: ApiServer,
): { families: StringList; checks: readonly Check[] } {
  const free = isFreeOfFamilies(service);
  if (isUnknown(asked)) return { families: asked, checks: [] };
  if (free !== true) {
    const errors = configured(asked, policy, server);
    if (errors.length > 0) return { families: asked, checks: errors };
  }
  const first = asked[0] ?? server.serviceIPFamilies?.[0];
  if (first === undefined) return { families: toBeAllocated("spec.ipFamilies", service), checks: [] };
  const start = asked.length > 0 ? asked : [first];
  if (start.length > 1 || policy === "SingleStack") return { families: start, checks: [] };
  const second = mapKnown(first, (family) => (family === "IPv4" ? "IPv6" : "IPv4"));
  if (isUnknown(policy)) return { families: policy, checks: [] };
  if (free === true || server.serviceIPFamilies?.length === 2)
    return { families: [first, second], checks: [] };
  const settled = server.serviceIPFamilies !== undefined && !isUnknown(free);
  return { families: settled ? start : toBeAllocated("spec.ipFamilies", service), checks: [] };
}

/** What is asked for has to be there; without the cluster's families that waits. */
function configured(
  asked: readonly Knowable<string>[],
  policy: Knowable<string>,
  { serviceIPFamilies }: ApiServer,
): readonly Check[] {
  const waits = (path: string): Undecided => ({ path, unknown: unknownAt("cluster.serviceIPFamilies") });
  const known = knownStrings(asked);
  if (!serviceIPFamilies) {
    return [
      ...(policy === "RequireDualStack" ? [waits(POLICY)] : []),
      ...known.map((_, i) => waits(`spec.ipFamilies[${i}]`)),
    ];
  }
  const single = policy === "RequireDualStack" && serviceIPFamilies.length < 2;
  return [
    ...(single
      ? [invalid(POLICY, goNamed(policy), "this cluster is not configured for dual-stack services")]
      : []),
    ...asked.flatMap((family, i) =>
      isUnknown(family) || serviceIPFamilies.some((name) => name === family)
        ? []
        : [invalid(`spec.ipFamilies[${i}]`, goNamed(family), "not configured on this cluster")],
    ),
  ];
}
