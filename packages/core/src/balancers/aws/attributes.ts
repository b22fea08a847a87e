import {
  byDefault,
  given,
  isUnknown,
  mapKnown,
  unknownAt,
  type AttributeValue,
  type Front,
  type Knowable,
  type Place,
  type Setting,
  type TargetKind,
} from "../../model";

export type Attributes = Front["attributes"];

export const PROXY_PROTOCOL_V2 = "proxy_protocol_v2.enabled";
export const PRESERVE_CLIENT_IP = "preserve_client_ip.enabled";
export const CROSS_ZONE = "load_balancing.cross_zone.enabled";
export const DNS_ROUTING = "dns_record.client_routing_policy";

/** An attribute as AWS takes it (text) in the type that it stands for: `true`, `300`, or the text itself. */
export function attributeValue(raw: string): AttributeValue {
  if (raw === "true" || raw === "false") return raw === "true";
  return /^(0|[1-9][0-9]{0,14})$/.test(raw) ? Number(raw) : raw;
}

/** UDP needs the client's address to find the way back, so AWS does not let it be switched off. */
const KEEPS_CLIENT_ADDRESS = new Set(["UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]);

/**
 * What AWS does where nobody says otherwise: instance targets keep the client's address, IP targets only for UDP and QUIC.
 * API reference of Elastic Load Balancing v2, TargetGroupAttribute.
 */
export function preservesByDefault(
  targets: Knowable<TargetKind>,
  protocol: Knowable<string>,
  path: string,
): Knowable<boolean> {
  if (targets === "instance") return true;
  if (isUnknown(protocol) || (isUnknown(targets) && !KEEPS_CLIENT_ADDRESS.has(protocol)))
    return unknownAt(path);
  return KEEPS_CLIENT_ADDRESS.has(protocol);
}

/**
 * Defaults of AWS for the target-group attributes that steer traffic (API reference, TargetGroupAttribute).
 * Connections of UDP target groups are cut at deregistration, those of others are not.
 */
export function targetGroupDefaults(
  targets: Knowable<TargetKind>,
  protocol: Knowable<string>,
  at: Place,
): Attributes {
  const isUdp = mapKnown(protocol, (name) => name === "UDP" || name === "TCP_UDP");
  const defaults: Record<string, Knowable<AttributeValue>> = {
    "deregistration_delay.timeout_seconds": 300,
    "deregistration_delay.connection_termination.enabled": isUdp,
    [PRESERVE_CLIENT_IP]: preservesByDefault(targets, protocol, at.path),
    [PROXY_PROTOCOL_V2]: false,
    "stickiness.enabled": false,
    "target_health_state.unhealthy.connection_termination.enabled": mapKnown(isUdp, (udp) => !udp),
    "target_health_state.unhealthy.draining_interval_seconds": 0,
  };
  return settings(defaults, (value) => byDefault(value, at));
}

/** Defaults of AWS for the attributes of a network load balancer. */
export function loadBalancerDefaults(at: Place): Attributes {
  const defaults = { [CROSS_ZONE]: false, [DNS_ROUTING]: "any_availability_zone" };
  return settings(defaults, (value) => byDefault(value, at));
}

/** Attributes as somebody wrote them, `key=value`. */
export function givenAttributes(written: Readonly<Record<string, string>>, at: Place): Attributes {
  return settings(written, (raw) => given(attributeValue(raw), at));
}

/** The same attributes, of none of which the value is known. */
export function unknownAttributes(names: Attributes, at: Place): Attributes {
  return settings(names, () => given<AttributeValue>(unknownAt(at.path), at));
}

function settings<V>(
  values: Readonly<Record<string, V>>,
  setting: (value: V) => Setting<AttributeValue>,
): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, setting(value)]));
}

/**
 * What holds for a front: the target group's attributes over the load balancer's. Cross-zone is an attribute of both; the target
 * group's `use_load_balancer_configuration`, its default, leaves it to the load balancer.
 */
export function frontAttributes(targetGroup: Attributes, loadBalancer: Attributes): Attributes {
  const own = targetGroup[CROSS_ZONE];
  const merged = { ...loadBalancer, ...targetGroup };
  const inherited = loadBalancer[CROSS_ZONE];
  if (inherited && (!own || own.value === "use_load_balancer_configuration")) merged[CROSS_ZONE] = inherited;
  return merged;
}

/** The PROXY protocol as the attribute has it: NLBs speak version 2 only. */
export function proxyProtocolOf(attributes: Attributes, at: Place): Front["proxyProtocol"] {
  const setting = attributes[PROXY_PROTOCOL_V2];
  if (!setting) return byDefault("off", at);
  return { ...setting, value: mapKnown(setting.value, (value) => (value === true ? "v2" : "off")) };
}

/** Whether the client's address is kept, as the attribute has it; the defaults are among the attributes. */
export function preservesClientAddressOf(attributes: Attributes, at: Place): Front["preservesClientAddress"] {
  const setting = attributes[PRESERVE_CLIENT_IP];
  if (!setting) return byDefault<boolean>(unknownAt(at.path), at);
  return { ...setting, value: mapKnown(setting.value, (value) => value === true) };
}
