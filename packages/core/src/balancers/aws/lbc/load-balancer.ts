import {
  given,
  isUnknown,
  type AttributeValue,
  type Scheme,
  type Service,
  type Setting,
} from "../../../model";
import { annotated, annotatedBool, annotatedMap, annotation, annotationPlace, AWS } from "../annotations";
import {
  CROSS_ZONE,
  DNS_ROUTING,
  givenAttributes,
  loadBalancerDefaults,
  unknownAttributes,
  type Attributes,
} from "../attributes";
import { refuse } from "../refusal";
import type { LbcSettings } from "./settings";

/** `-scheme` in its exact spelling, else the older `-internal`, else the flag. buildLoadBalancerScheme. */
export function lbcScheme(service: Service, settings: LbcSettings): Setting<Scheme> {
  const at = annotationPlace(service, AWS.scheme);
  if (annotation(service, AWS.scheme) === undefined && annotation(service, AWS.internal) !== undefined) {
    const internal = annotatedBool(service, AWS.internal, true);
    const { value } = internal;
    return { ...internal, value: isUnknown(value) ? value : value ? "internal" : "internet-facing" };
  }
  return annotated<Scheme>(service, AWS.scheme, settings.defaultScheme ?? "internal", (raw) =>
    raw === "internal" || raw === "internet-facing"
      ? raw
      : refuse("scheme", at, raw, "internal or internet-facing"),
  );
}

const ADDRESS_TYPES = ["ipv4", "dualstack"];

/** An IPv6 family on the Service needs a dual-stack load balancer. buildTargetGroupIPAddressType. */
export function lbcAddressType(service: Service): Setting<string> {
  const at = annotationPlace(service, AWS.addressType);
  const type = annotated(service, AWS.addressType, "ipv4", (raw) =>
    ADDRESS_TYPES.includes(raw) ? raw : refuse("addressType", at, raw, ADDRESS_TYPES.join(" or ")),
  );
  const families = service.ipFamilies;
  const wantsIPv6 = families !== undefined && !isUnknown(families) && families.includes("IPv6");
  if (wantsIPv6 && type.value === "ipv4")
    refuse("addressType", at, "ipv4", "dualstack, since spec.ipFamilies has IPv6");
  return type;
}

const DNS_ROUTINGS = [
  "any_availability_zone",
  "partial_availability_zone_affinity",
  "availability_zone_affinity",
];

/** The general annotation, and over it the older ones for cross-zone and access logs. buildLoadBalancerAttributes. */
export function lbcLoadBalancerAttributes(service: Service): Attributes {
  const at = annotationPlace(service, AWS.attributes);
  const defaults = loadBalancerDefaults(at);
  const written = annotatedMap(service, AWS.attributes) ?? {};
  const general = isUnknown(written) ? unknownAttributes(defaults, at) : givenAttributes(written, at);
  const routing = isUnknown(written) ? undefined : written[DNS_ROUTING];
  if (routing !== undefined && !DNS_ROUTINGS.includes(routing)) {
    refuse("dnsRouting", at, `${DNS_ROUTING}=${routing}`, DNS_ROUTINGS.join(", "));
  }
  const crossZone = annotatedBool(service, AWS.crossZone, false);
  return {
    ...defaults,
    ...general,
    ...accessLogs(service),
    ...(crossZone.by === "given" ? { [CROSS_ZONE]: crossZone } : {}),
  };
}

function accessLogs(service: Service): Attributes {
  const enabled = annotatedBool(service, AWS.accessLogEnabled, false);
  if (enabled.by === "default" || enabled.value === false) return {};
  const named = (name: string, suffix: string): Record<string, Setting<AttributeValue>> => {
    const value = annotation(service, suffix);
    return value === undefined ? {} : { [name]: given(value, annotationPlace(service, suffix)) };
  };
  return {
    "access_logs.s3.enabled": enabled,
    ...named("access_logs.s3.bucket", AWS.accessLogBucket),
    ...named("access_logs.s3.prefix", AWS.accessLogPrefix),
  };
}
