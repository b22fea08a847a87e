import { isUnknown } from "../../model";
import { cidrWarnings, ipWarnings } from "../ip/address-warnings";
import { TOPOLOGY_HINTS_ANNOTATION, TOPOLOGY_MODE_ANNOTATION } from "./exposure-checks";
import type { ApiTraits } from "../../releases";
import { isHeadless } from "../service/service-facts";
import type { ServiceObject, StringList } from "../service/service-object";
import { and, isOneOf } from "../service/truth";

/**
 * What the server says of a Service that it takes, on create and on update (k/k pkg/api/service/warnings.go). Of what is unknown
 * nothing is said.
 */
export function warningsFor(service: ServiceObject, { warnings: release }: ApiTraits): readonly string[] {
  const { metadata, spec } = service;
  const headless = and(isOneOf(spec.type, "ClusterIP"), isHeadless(service));
  const isExternalName = isOneOf(spec.type, "ExternalName");
  const externalIPs = isUnknown(spec.externalIPs) ? 0 : (spec.externalIPs?.length ?? 0);
  const { annotations = {} } = metadata;
  const addresses = (list: StringList | undefined, path: string) =>
    indexed(list, path).flatMap(([at, ip]) => ipWarnings(at, ip, release.addresses));

  return [
    ...(!isUnknown(annotations) && Object.hasOwn(annotations, TOPOLOGY_HINTS_ANNOTATION)
      ? [
          `annotation ${TOPOLOGY_HINTS_ANNOTATION} is deprecated, please use ${TOPOLOGY_MODE_ANNOTATION} instead`,
        ]
      : []),
    ...(spec.clusterIP === undefined || spec.clusterIP === "None"
      ? []
      : addresses(spec.clusterIPs, "spec.clusterIPs")),
    ...(release.ignoredOnHeadless && headless === true ? ignoredOnHeadless(service, externalIPs) : []),
    ...addresses(spec.externalIPs, "spec.externalIPs"),
    ...(release.externalIPsDeprecated && externalIPs > 0 && headless === false && isExternalName === false
      ? ["spec.externalIPs is deprecated and may no longer be implemented in some clusters"]
      : []),
    ...(typeof spec.loadBalancerIP === "string"
      ? ipWarnings("spec.loadBalancerIP", spec.loadBalancerIP, release.addresses)
      : []),
    ...indexed(spec.loadBalancerSourceRanges, "spec.loadBalancerSourceRanges").flatMap(([at, range]) =>
      cidrWarnings(at, range, release.addresses),
    ),
    ...(isExternalName === true && externalIPs > 0
      ? ['spec.externalIPs is ignored when spec.type is "ExternalName"']
      : []),
    ...(isExternalName === false && typeof spec.externalName === "string"
      ? ['spec.externalName is ignored when spec.type is not "ExternalName"']
      : []),
    ...(release.preferCloseDeprecated && spec.trafficDistribution === "PreferClose"
      ? ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']
      : []),
  ];
}

function ignoredOnHeadless({ spec }: ServiceObject, externalIPs: number): readonly string[] {
  const ignored = (field: string) => `${field} is ignored for headless services`;
  return [
    ...(typeof spec.loadBalancerIP === "string" ? [ignored("spec.loadBalancerIP")] : []),
    ...(externalIPs > 0 ? [ignored("spec.externalIPs")] : []),
    // Spelt as the server spells it.
    ...(isOneOf(spec.sessionAffinity, "None") === false ? [ignored("spec.SessionAffinity")] : []),
  ];
}

function indexed(list: StringList | undefined, path: string): readonly (readonly [string, string])[] {
  if (list === undefined || isUnknown(list)) return [];
  return list.flatMap((item, i) => (isUnknown(item) ? [] : [[`${path}[${i}]`, item] as const]));
}
