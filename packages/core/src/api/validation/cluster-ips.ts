import { isUnknown, type Knowable } from "../../model";
import { wrongWithIP } from "../ip/addresses";
import { isToBeAllocated } from "../allocation/allocated";
import { each, ifGiven, ifTrue, type Check } from "../answer/check";
import {
  duplicate,
  goNamed,
  goString,
  invalid,
  notSupported,
  required,
  type GoValue,
} from "../answer/field-error";
import { familyOf } from "../ip/ip";
import type { ApiTraits } from "../../releases";
import { needsClusterIP } from "../service/service-facts";
import type { ServiceObject, ServiceSpec, StringList } from "../service/service-object";

const IP_FAMILIES = ["IPv4", "IPv6"] as const;
const IP_FAMILY_POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"] as const;

const IPS = "spec.clusterIPs";
const FAMILIES = "spec.ipFamilies";

/**
 * Cluster addresses, families and their policy (k/k validation.go ValidateServiceClusterIPsRelatedFields). The server asks this
 * before it allocates, so these errors come alone.
 */
export function clusterIPChecks(
  service: ServiceObject,
  stored: ServiceObject | undefined,
  release: ApiTraits,
): readonly Check[] {
  return ifTrue(needsClusterIP(service), IPS, () => {
    const { spec } = service;
    const before = stored && release.keepsStoredAddresses ? knownStrings(stored.spec.clusterIPs) : [];
    return [
      ...singularAndPlural(spec),
      ...each(spec.ipFamilies, FAMILIES, (family, path, i) =>
        ifGiven(family, path, (name) => familyCheck(name, path, spec.ipFamilies, i)),
      ),
      ...ifGiven(spec.ipFamilyPolicy, "spec.ipFamilyPolicy", (policy) =>
        IP_FAMILY_POLICIES.some((known) => known === policy)
          ? []
          : [notSupported("spec.ipFamilyPolicy", goNamed(policy), IP_FAMILY_POLICIES)],
      ),
      ...ifGiven(spec.clusterIPs, IPS, (ips) => addresses(ips, spec.ipFamilies, before, release)),
    ];
  });
}

function singularAndPlural({ clusterIP, clusterIPs = [] }: ServiceSpec): readonly Check[] {
  return ifGiven(clusterIPs, IPS, (ips) => {
    const [first] = ips;
    if (clusterIP === undefined) {
      const message = "must be empty when `clusterIP` is not specified";
      return ips.length > 0 ? [invalid(IPS, goStrings(ips), message)] : [];
    }
    if (first === undefined) return isUnknown(clusterIP) ? [] : [required(IPS)];
    return ifGiven(clusterIP, IPS, (ip) =>
      ifGiven(first, IPS, (other) =>
        ip === other ? [] : [invalid(IPS, goStrings(ips), "first value must match `clusterIP`")],
      ),
    );
  });
}

function familyCheck(
  name: string,
  path: string,
  families: StringList | undefined,
  i: number,
): readonly Check[] {
  const earlier = families === undefined || isUnknown(families) ? [] : families.slice(0, i);
  return [
    ...(IP_FAMILIES.some((known) => known === name) ? [] : [notSupported(path, goNamed(name), IP_FAMILIES)]),
    ...(earlier.includes(name) ? [duplicate(path, goNamed(name))] : []),
  ];
}

function addresses(
  ips: readonly Knowable<string>[],
  families: StringList | undefined,
  before: readonly string[],
  release: ApiTraits,
): readonly Check[] {
  const list = goStrings(ips);
  const single = ips.flatMap((ip, i): readonly Check[] =>
    i === 0 && ip === "None"
      ? ips.length > 1
        ? [invalid(IPS, list, "'None' must be the first and only value")]
        : []
      : ifGiven(ip, `${IPS}[${i}]`, (text) => wrongWithIP(`${IPS}[${i}]`, text, release, before)),
  );
  const tooMany = ips.length > 2 ? [invalid(IPS, list, "may only hold up to 2 values")] : [];
  const found = [...single, ...tooMany];
  // With a bad address the rest would mislead, the server says.
  return single.some((check) => "kind" in check)
    ? found
    : [...found, ...dualStack(ips), ...matching(ips, families)];
}

function dualStack(ips: readonly Knowable<string>[]): readonly Check[] {
  const unknown = ips.find((ip) => isUnknown(ip));
  if (ips.length < 2) return [];
  if (isUnknown(unknown)) return isToBeAllocated(unknown) ? [] : [{ path: IPS, unknown }];
  const known = ips.filter((ip): ip is string => !isUnknown(ip));
  const bad = known.findIndex((ip) => familyOf(ip) === "unknown");
  const oneOfEach = bad < 0 && new Set(known.map(familyOf)).size === 2;
  return [
    ...(bad < 0
      ? []
      : [
          {
            path: IPS,
            kind: "InternalError" as const,
            message: `failed to check for dual stack with error:invalid IP[${bad}]: ${known[bad] ?? ""}`,
          },
        ]),
    ...(oneOfEach
      ? []
      : [invalid(IPS, goStrings(ips), "may specify no more than one IP for each IP family")]),
  ];
}

/** Each address is of the family that stands at its place. */
function matching(ips: readonly Knowable<string>[], families: StringList | undefined): readonly Check[] {
  if (ips.length === 1 && ips[0] === "None") return [];
  return ifGiven(families, IPS, (wanted) =>
    ips.slice(0, wanted.length).flatMap((ip, i) =>
      ifGiven(ip, `${IPS}[${i}]`, (text) =>
        ifGiven(wanted[i], `${FAMILIES}[${i}]`, (family) => {
          const isIPv6 = familyOf(text) === "IPv6";
          const wrong = (family === "IPv4" && isIPv6) || (family === "IPv6" && !isIPv6);
          const message = `expected an ${family} value as indicated by \`ipFamilies[${i}]\``;
          return wrong ? [invalid(`${IPS}[${i}]`, goString(text), message)] : [];
        }),
      ),
    ),
  );
}

/** Stands for a number or address that only the server knows, in a line that would show it. */
export const ALLOCATED = "(to be allocated)";

export function goStrings(list: StringList | undefined): GoValue {
  return { go: "list", of: "string", value: printable(list) };
}

export function goFamilies(list: StringList | undefined): GoValue {
  return { go: "list", of: "core.IPFamily", value: printable(list) };
}

function printable(list: StringList | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  return isUnknown(list) ? [ALLOCATED] : list.map((item) => (isUnknown(item) ? ALLOCATED : item));
}

export function knownStrings(list: StringList | undefined): readonly string[] {
  return list === undefined || isUnknown(list) ? [] : list.filter((item): item is string => !isUnknown(item));
}
