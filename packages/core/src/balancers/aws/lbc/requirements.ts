import { isUnknown, type Knowable, type Scheme, type Service } from "../../../model";
import { isIPv4, parseIP } from "../../../api/ip/ip";
import { annotatedBool, annotatedList, annotatedMap, annotation, annotationPlace, AWS } from "../annotations";
import { parseBool, parseInt64 } from "../../go-values";
import { refuse } from "../refusal";
import type { LbcSettings } from "./settings";

/**
 * Settings that steer nothing here but refuse the Service if they are wrong. What only the account can tell, such as the subnets
 * that are found by their tags, is taken to be right. `pkg/service/model_build_load_balancer.go`.
 */
export function requireLoadBalancerAnnotations(
  service: Service,
  scheme: Knowable<Scheme>,
  addressType: Knowable<string>,
  settings: LbcSettings,
): void {
  const name = annotation(service, AWS.name);
  // Go counts bytes.
  if (typeof name === "string" && new TextEncoder().encode(name).length > 32) {
    refuse("name", annotationPlace(service, AWS.name), name, "at most 32 characters");
  }
  for (const suffix of [AWS.disableSecurityGroup, AWS.multiCluster]) requireBool(service, suffix);
  annotatedMap(service, AWS.tags);
  requireAddresses(service, scheme, addressType);
  for (const suffix of [AWS.ipv6SourceNat, AWS.privateLinkRules]) requireOnOff(service, suffix);
  requireCapacity(service);
  if (settings.securityGroups !== false) requireSecurityGroups(service, addressType, settings);
}

/** Addresses must suit the scheme and the address type, and be one for each subnet. buildLoadBalancerSubnetMappings. */
function requireAddresses(service: Service, scheme: Knowable<Scheme>, addressType: Knowable<string>): void {
  const elastic = listed(service, AWS.elasticAddresses);
  const ipv4 = listed(service, AWS.privateAddresses);
  const ipv6 = listed(service, AWS.ipv6Addresses);
  if (elastic && scheme === "internal")
    refuse("address", annotationPlace(service, AWS.scheme), "internal", "internet-facing, for Elastic IPs");
  if (ipv4 && scheme === "internet-facing")
    refuse("address", annotationPlace(service, AWS.scheme), scheme, "internal, for private addresses");
  if (ipv6 && addressType === "ipv4")
    refuse("address", annotationPlace(service, AWS.addressType), "ipv4", "dualstack, for IPv6 addresses");
  const subnets = listed(service, AWS.subnets);
  for (const [suffix, list] of [
    [AWS.elasticAddresses, elastic],
    [AWS.privateAddresses, ipv4],
    [AWS.ipv6Addresses, ipv6],
  ] as const) {
    if (!list) continue;
    const missed = subnets && subnets.length > 0 ? list.length !== subnets.length : list.length === 0;
    const wanted = `${subnets?.length || "as many"} entries, one for each subnet`;
    if (missed) refuse("address", annotationPlace(service, suffix), `${list.length} entries`, wanted);
  }
  requireFamily(service, AWS.privateAddresses, ipv4, true);
  requireFamily(service, AWS.ipv6Addresses, ipv6, false);
}

function requireFamily(
  service: Service,
  suffix: string,
  list: readonly string[] | undefined,
  wantsIPv4: boolean,
): void {
  for (const address of list ?? []) {
    const bytes = parseIP(address);
    if (!bytes || isIPv4(bytes) !== wantsIPv4)
      refuse(
        "address",
        annotationPlace(service, suffix),
        address,
        wantsIPv4 ? "IPv4 addresses" : "IPv6 addresses",
      );
  }
}

/** One key, a whole number. buildLoadBalancerMinimumCapacity. */
function requireCapacity(service: Service): void {
  const at = annotationPlace(service, AWS.capacity);
  const capacity = annotatedMap(service, AWS.capacity);
  if (capacity === undefined || isUnknown(capacity)) return;
  for (const [key, value] of Object.entries(capacity)) {
    if (key !== "CapacityUnits" || parseInt64(value) === undefined)
      refuse("capacity", at, `${key}=${value}`, "CapacityUnits=N");
  }
}

/**
 * Source ranges are read for the security group that the controller makes itself, worker rules only where the group was given;
 * neither without any group. buildLoadBalancerSecurityGroups.
 */
function requireSecurityGroups(service: Service, addressType: Knowable<string>, settings: LbcSettings): void {
  const disabled = annotation(service, AWS.disableSecurityGroup);
  if (disabled !== undefined && (isUnknown(disabled) || parseBool(disabled) === true)) return;
  const groups = annotatedList(service, AWS.securityGroups) ?? [];
  if (isUnknown(groups)) return;
  if (groups.length === 0) return requireSourceRanges(service, addressType);
  const manages = annotatedBool(service, AWS.manageBackendRules, settings.manageBackendRules ?? false);
  if (manages.value === true && settings.backendSecurityGroup === false)
    refuse("securityGroup", manages.at, "true", "false, while the backend security group is switched off");
}

/** Nothing but the colon of IPv6 is looked at: what is no range at all passes. */
function requireSourceRanges(service: Service, addressType: Knowable<string>): void {
  if (addressType !== "ipv4") return;
  const inSpec = service.loadBalancerSourceRanges;
  if (isUnknown(inSpec)) return;
  const inAnnotation = inSpec.length > 0 ? undefined : listed(service, AWS.sourceRanges);
  const at = inAnnotation
    ? annotationPlace(service, AWS.sourceRanges)
    : { resource: service.ref, path: "spec.loadBalancerSourceRanges" };
  const range = (inAnnotation ?? inSpec).find((one) => one.includes(":"));
  if (range !== undefined) refuse("addressType", at, range, `IPv4 ranges, or ${AWS.addressType}: dualstack`);
}

function listed(service: Service, suffix: string): readonly string[] | undefined {
  const list = annotatedList(service, suffix);
  return isUnknown(list) ? undefined : list;
}

function requireOnOff(service: Service, suffix: string): void {
  const raw = annotation(service, suffix);
  if (typeof raw === "string" && raw !== "on" && raw !== "off")
    refuse("boolean", annotationPlace(service, suffix), raw, "on or off");
}

function requireBool(service: Service, suffix: string): void {
  const raw = annotation(service, suffix);
  if (typeof raw === "string" && parseBool(raw) === undefined)
    refuse("boolean", annotationPlace(service, suffix), raw, "true or false");
}
