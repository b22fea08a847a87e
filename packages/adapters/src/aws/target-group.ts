import { aws as awsControllers } from "@evenkeel/core/balancers";
import {
  ANNOTATION_PREFIX,
  isKnown,
  isUnknown,
  mapKnown,
  unknownAt,
  type HealthCheck,
  type Knowable,
  type ObjectRef,
  type Setting,
  type TargetKind,
} from "@evenkeel/core/model";
import { dig, entries, isAbsent, member, type Field } from "../reading/field";
import { feedersOf } from "../pulumi/resource";
import { readTargetGroupHealthCheck } from "./health-check";
import { numberOf, scalar, settingOf, textOf, type AwsResource } from "./property";

type Attributes = awsControllers.Attributes;

/** Tag of a target group, and annotation of whatever else stands in front, that names the Service behind: `shop/web`. */
export const SERVICE_TAG = `${ANNOTATION_PREFIX}service`;

/** A target group, with all by which its Service and its listeners can be found. */
export interface TargetGroupRecord {
  readonly ref: ObjectRef;
  readonly arn?: string;
  /** In AWS. */
  readonly name?: string;
  readonly port: Setting<number>;
  readonly protocol: Setting<string>;
  readonly targets: Setting<TargetKind>;
  readonly healthCheck: HealthCheck;
  readonly attributes: Attributes;
  readonly proxyProtocol: Setting<"off" | "v1" | "v2">;
  readonly preservesClientAddress: Setting<boolean>;
  /** `namespace/name` of the Service, where somebody said so. */
  readonly service?: Knowable<string>;
  /** URNs that the port, and that the health check, was computed from. */
  readonly feeders: { readonly port: readonly string[]; readonly healthCheck: readonly string[] };
}

/** Protocols of application load balancers, which are none of ours. */
const HTTP_PROTOCOLS = new Set(["HTTP", "HTTPS", "GENEVE"]);

/** Whether the target group can be one of a network load balancer. */
export function isNetwork({ protocol }: TargetGroupRecord): boolean {
  return isUnknown(protocol.value) || !HTTP_PROTOCOLS.has(protocol.value);
}

export function readTargetGroup(aws: AwsResource): TargetGroupRecord {
  const { ref, properties, resource } = aws;
  const at = { resource: ref, path: "" };
  const targets = settingOf<TargetKind>(aws, properties, "targetType", readTargetType, "instance");
  // A target group of instances without a port was fed from a field that was not there when the program ran.
  const port = settingOf(aws, properties, "port", numberOf, unknownAt("port"));
  const protocol = settingOf(aws, properties, "protocol", textOf, "HTTP");
  const attributes = readAttributes(aws, targets.value, protocol.value);
  const arn = member(properties, "arn").value;
  const name = member(properties, "name").value;
  const service = readServiceTag(aws);
  return {
    ref,
    ...(typeof arn === "string" ? { arn } : {}),
    ...(typeof name === "string" ? { name } : {}),
    port,
    protocol,
    targets,
    healthCheck: readTargetGroupHealthCheck(aws, protocol.value),
    attributes,
    proxyProtocol: awsControllers.proxyProtocolOf(attributes, at),
    preservesClientAddress: awsControllers.preservesClientAddressOf(attributes, at),
    ...(service === undefined ? {} : { service }),
    feeders: { port: feedersOf(resource, "port"), healthCheck: feedersOf(resource, "healthCheck") },
  };
}

function readTargetType(aws: AwsResource, field: Field): Knowable<TargetKind> | undefined {
  const type = textOf(aws, field);
  if (type === undefined || isUnknown(type)) return type;
  // `lambda` and `alb` are not targets of a Service; nothing is said of them.
  return type === "instance" || type === "ip" ? type : unknownAt(field.path);
}

/** Arguments of the provider by the attribute of AWS that they set. */
const ATTRIBUTE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  [awsControllers.PROXY_PROTOCOL_V2]: ["proxyProtocolV2"],
  [awsControllers.PRESERVE_CLIENT_IP]: ["preserveClientIp"],
  [awsControllers.CROSS_ZONE]: ["loadBalancingCrossZoneEnabled"],
  "deregistration_delay.timeout_seconds": ["deregistrationDelay"],
  "deregistration_delay.connection_termination.enabled": ["connectionTermination"],
  "stickiness.enabled": ["stickiness", "enabled"],
  "stickiness.type": ["stickiness", "type"],
  "target_health_state.unhealthy.connection_termination.enabled": [
    "targetHealthStates[0]",
    "enableUnhealthyConnectionTermination",
  ],
  "target_health_state.unhealthy.draining_interval_seconds": [
    "targetHealthStates[0]",
    "unhealthyDrainingInterval",
  ],
});

function readAttributes(
  aws: AwsResource,
  targets: Knowable<TargetKind>,
  protocol: Knowable<string>,
): Attributes {
  const defaults = awsControllers.targetGroupDefaults(targets, protocol, { resource: aws.ref, path: "" });
  const read = Object.entries(ATTRIBUTE_ARGUMENTS).flatMap(([attribute, path]) => {
    const setting = readAttribute(aws, attribute, path, defaults[attribute]);
    return setting ? [[attribute, setting] as const] : [];
  });
  return { ...defaults, ...Object.fromEntries(read) };
}

function readAttribute(
  aws: AwsResource,
  attribute: string,
  path: readonly string[],
  fallback: Attributes[string] | undefined,
): Attributes[string] | undefined {
  const holder = path.length > 1 ? argument(aws.properties, path[0] ?? "") : aws.properties;
  const key = path.at(-1) ?? "";
  // A stickiness block without `enabled` switches it on.
  const implied =
    attribute === "stickiness.enabled" && !isAbsent(holder) && !isUnknown(holder.value) ? true : undefined;
  const setting = settingOf(aws, holder, key, scalar, implied ?? fallback?.value ?? false);
  if (setting.by === "default" && fallback === undefined) return undefined;
  return {
    ...setting,
    value: mapKnown(setting.value, (value) =>
      typeof value === "string" ? awsControllers.attributeValue(value) : value,
    ),
  };
}

/** `targetHealthStates[0]`: the member, or the first element of it. */
function argument(properties: Field, name: string): Field {
  const list = /^(.*)\[0\]$/.exec(name)?.[1];
  if (list === undefined) return member(properties, name);
  const field = member(properties, list);
  const first: unknown = Array.isArray(field.value) ? field.value[0] : field.value;
  return { ...field, value: first, path: `${field.path}[0]` };
}

function readServiceTag(aws: AwsResource): Knowable<string> | undefined {
  for (const key of ["tags", "tagsAll"]) {
    const tags = dig(aws.properties, key);
    if (isUnknown(tags.value)) continue;
    const tag = entries(tags).find(([name]) => name === SERVICE_TAG)?.[1];
    const value = tag && textOf(aws, tag);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The tag's Service, if it is readable as `namespace/name`. */
export function taggedService({
  service,
}: TargetGroupRecord): { readonly namespace: string; readonly name: string } | undefined {
  if (service === undefined || !isKnown(service)) return undefined;
  const [namespace, name, ...more] = service.split("/");
  return namespace && name && more.length === 0 ? { namespace, name } : undefined;
}
