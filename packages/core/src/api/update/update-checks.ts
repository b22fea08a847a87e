import { isUnknown, type Knowable } from "../../model";
import { classChecks } from "../validation/exposure-checks";
import type { ApiTraits } from "../../releases";
import { ifGiven, ifTrue, type Check } from "../answer/check";
import { goFamilies, goStrings } from "../validation/cluster-ips";
import { forbidden, goNamed, goNil, invalid } from "../answer/field-error";
import { isHeadlessList, needsClusterIP, needsHealthCheck } from "../service/service-facts";
import type { ServiceObject, StringList } from "../service/service-object";
import { and, isOneOf, not } from "../service/truth";

const FAMILY = "spec.ipFamilies[0]";
const POLICY = "spec.ipFamilyPolicy";
const CHANGED = "may not change once set";

/** What may not change (k/k validation.go ValidateServiceUpdate, what it asks before it asks what it asks on create). */
export function updateChecks(
  service: ServiceObject,
  stored: ServiceObject,
  release: ApiTraits,
): readonly Check[] {
  const addressed = and(needsClusterIP(service), needsClusterIP(stored));
  const headless = isHeadlessList(service.spec.clusterIPs);
  const wasHeadless = isHeadlessList(stored.spec.clusterIPs);
  return [
    ...ifTrue(and(addressed, not(and(headless, wasHeadless))), "spec.clusterIPs", () =>
      clusterIPChanges(service, stored),
    ),
    ...ifTrue(and(addressed, not(headless), not(wasHeadless)), "spec.ipFamilies", () =>
      familyChanges(service, stored),
    ),
    ...classChange(service, stored),
    ...classChecks(service, release),
    ...healthCheckPortChange(service, stored),
  ];
}

/** The first address stays; the second comes with dual stack and goes with single stack. */
function clusterIPChanges(service: ServiceObject, stored: ServiceObject): readonly Check[] {
  const { clusterIPs } = service.spec;
  const now = known(clusterIPs);
  const before = known(stored.spec.clusterIPs);
  if (!now || !before) return [];
  const path = (i: number) => `spec.clusterIPs[${i}]`;
  const changed = (i: number) =>
    ifChanged(now[i], before[i], path(i), () => [invalid(path(i), goStrings(clusterIPs), CHANGED)]);
  const primary = before.length > 0 && now.length > 0 ? changed(0) : [];
  if (now.length === before.length) return before.flatMap((_, i) => changed(i));
  if (now.length > before.length) return primary;
  const unset = invalid(path(0), goStrings(clusterIPs), "primary clusterIP can not be unset");
  return [
    ...(now.length === 0 ? [unset] : primary),
    ...(now.length === 1 ? releases(service, "clusterIP") : []),
  ];
}

function familyChanges(service: ServiceObject, stored: ServiceObject): readonly Check[] {
  const { clusterIPs, ipFamilies } = service.spec;
  const now = known(ipFamilies);
  const before = known(stored.spec.ipFamilies);
  if (!now || !before) return [];
  if (now.length === before.length) {
    return before.flatMap((family, i) =>
      ifChanged(now[i], family, FAMILY, () => [invalid(FAMILY, goFamilies(ipFamilies), CHANGED)]),
    );
  }
  // The server shows the addresses here, not the families.
  const primary =
    before.length > 0 && now.length > 0
      ? ifChanged(now[0], before[0], FAMILY, () => [invalid(FAMILY, goStrings(clusterIPs), CHANGED)])
      : [];
  if (now.length > before.length) return primary;
  const unset = invalid(FAMILY, goFamilies(ipFamilies), "primary ipFamily can not be unset");
  return [
    ...(known(clusterIPs)?.length === 0 ? [unset] : []),
    ...primary,
    ...(now.length === 1 ? releases(service, "ipFamily") : []),
  ];
}

/** What is not known may have changed or not; what the server has still to choose, it chooses once. */
function ifChanged(
  now: Knowable<string> | undefined,
  before: Knowable<string> | undefined,
  path: string,
  check: () => readonly Check[],
): readonly Check[] {
  return ifGiven(now, path, () => ifGiven(before, path, () => (now === before ? [] : check())));
}

function releases({ spec }: ServiceObject, what: string): readonly Check[] {
  const policy = spec.ipFamilyPolicy;
  const message = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  if (policy === undefined) return [invalid(POLICY, goNil, message)];
  return ifGiven(policy, POLICY, (name) =>
    name === "SingleStack" ? [] : [invalid(POLICY, goNamed(name), message)],
  );
}

function classChange(service: ServiceObject, stored: ServiceObject): readonly Check[] {
  const path = "spec.loadBalancerClass";
  const both = and(isOneOf(service.spec.type, "LoadBalancer"), isOneOf(stored.spec.type, "LoadBalancer"));
  const { loadBalancerClass: now } = service.spec;
  const { loadBalancerClass: before } = stored.spec;
  if (now === before) return [];
  return ifTrue(both, path, (): readonly Check[] => {
    const unknown = [now, before].find((value) => isUnknown(value));
    if (isUnknown(unknown)) return [{ path, unknown }];
    // A pointer: printed as JSON, not quoted as Go quotes.
    const seen = typeof now === "string" ? goNamed(now) : goNil;
    return [invalid(path, seen, CHANGED)];
  });
}

/** The port lives as long as the Service needs one, and then another is chosen (validateServiceExternalTrafficFieldsUpdate). */
function healthCheckPortChange(service: ServiceObject, stored: ServiceObject): readonly Check[] {
  const path = "spec.healthCheckNodePort";
  return ifTrue(and(needsHealthCheck(service), needsHealthCheck(stored)), path, () =>
    ifGiven(service.spec.healthCheckNodePort, path, (now) =>
      ifGiven(stored.spec.healthCheckNodePort, path, (before) =>
        now === before ? [] : [forbidden(path, "field is immutable")],
      ),
    ),
  );
}

function known(list: StringList | undefined) {
  return isUnknown(list) ? undefined : (list ?? []);
}
