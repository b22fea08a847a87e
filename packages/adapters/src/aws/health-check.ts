import { aws as controllers } from "@evenkeel/core/balancers";
import {
  byDefault,
  HEALTH_CHECK_PROTOCOLS,
  isUnknown,
  type HealthCheck,
  type HealthCheckPort,
  type HealthCheckProtocol,
  type Knowable,
  type Setting,
} from "@evenkeel/core/model";
import { isAbsent, member, misread, type Field } from "../reading/field";
import { numberOf, openValue, scalar, settingOf, textOf, type AwsResource } from "./property";

/**
 * The health check of a target group as the provider sends it: a block that is there in part is filled in by the provider, whose
 * protocol is HTTP whatever the target group speaks; one that is not there at all is AWS's own.
 */
export function readTargetGroupHealthCheck(
  aws: AwsResource,
  targetGroupProtocol: Knowable<string>,
): HealthCheck {
  const block = only(member(aws.properties, "healthCheck"));
  if (isUnknown(block.value)) return unknownHealthCheck(aws, block);
  if (isAbsent(block)) return defaultHealthCheck(aws, block, targetGroupProtocol);
  const { protocol: fallback, ...numbers } = controllers.PROVIDER_HEALTH_CHECK;
  const protocol = settingOf<HealthCheckProtocol>(aws, block, "protocol", protocolOf, fallback);
  const at = (key: string) => member(block, key).path;
  return {
    protocol,
    port: settingOf<HealthCheckPort>(aws, block, "port", portOf, "traffic-port"),
    ...(protocol.value === "TCP" ? {} : overHttp(aws, block)),
    intervalSeconds: settingOf(aws, block, "interval", numberOf, numbers.intervalSeconds),
    timeoutSeconds: settingOf(
      aws,
      block,
      "timeout",
      numberOf,
      controllers.awsTimeout(protocol.value, at("timeout")),
    ),
    healthyThreshold: settingOf(aws, block, "healthyThreshold", numberOf, numbers.healthyThreshold),
    unhealthyThreshold: settingOf(aws, block, "unhealthyThreshold", numberOf, numbers.unhealthyThreshold),
  };
}

/** Older states hold the block as a list of one. */
function only(field: Field): Field {
  return Array.isArray(field.value) ? { ...field, value: field.value[0], path: `${field.path}[0]` } : field;
}

function overHttp(aws: AwsResource, block: Field): Pick<HealthCheck, "path" | "matcher"> {
  return {
    path: settingOf(aws, block, "path", textOf, controllers.AWS_HTTP_PATH),
    matcher: settingOf(aws, block, "matcher", textOf, controllers.AWS_HTTP_MATCHER),
  };
}

function protocolOf(aws: AwsResource, field: Field): Knowable<HealthCheckProtocol> | undefined {
  const text = textOf(aws, field);
  if (text === undefined || isUnknown(text)) return text;
  return (
    HEALTH_CHECK_PROTOCOLS.find((name) => name === text.toUpperCase()) ??
    misread(field, HEALTH_CHECK_PROTOCOLS.join(", "))
  );
}

function portOf(aws: AwsResource, field: Field): Knowable<HealthCheckPort> | undefined {
  const value = scalar(aws, field);
  if (value === "traffic-port" || value === undefined) return value;
  return numberOf(aws, field);
}

function defaultHealthCheck(
  aws: AwsResource,
  block: Field,
  targetGroupProtocol: Knowable<string>,
): HealthCheck {
  const defaults = controllers.AWS_HEALTH_CHECK;
  const at = <T>(key: string, value: Knowable<T>): Setting<T> =>
    byDefault(value, { resource: aws.ref, path: member(block, key).path });
  const isHttp = targetGroupProtocol === "HTTP" || targetGroupProtocol === "HTTPS";
  const protocol: HealthCheckProtocol = isHttp ? "HTTP" : defaults.protocol;
  return {
    protocol: at("protocol", protocol),
    port: at<HealthCheckPort>("port", "traffic-port"),
    ...(isHttp
      ? { path: at("path", controllers.AWS_HTTP_PATH), matcher: at("matcher", controllers.AWS_HTTP_MATCHER) }
      : {}),
    intervalSeconds: at("interval", defaults.intervalSeconds),
    timeoutSeconds: at("timeout", controllers.awsTimeout(protocol, "")),
    healthyThreshold: at("healthyThreshold", defaults.healthyThreshold),
    unhealthyThreshold: at("unhealthyThreshold", defaults.unhealthyThreshold),
  };
}

/** The block as a whole is computed from something that is not there yet. */
function unknownHealthCheck(aws: AwsResource, block: Field): HealthCheck {
  const at = <T>(key: string): Setting<T> => {
    const field = member(block, key);
    return { value: openValue(aws, field), at: { resource: aws.ref, path: field.path }, by: "given" };
  };
  return {
    protocol: at("protocol"),
    port: at("port"),
    path: at("path"),
    matcher: at("matcher"),
    intervalSeconds: at("interval"),
    timeoutSeconds: at("timeout"),
    healthyThreshold: at("healthyThreshold"),
    unhealthyThreshold: at("unhealthyThreshold"),
  };
}
