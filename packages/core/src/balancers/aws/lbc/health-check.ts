import {
  byDefault,
  HEALTH_CHECK_PROTOCOLS,
  isUnknown,
  mapKnown,
  unknownAt,
  type HealthCheck,
  type HealthCheckPort,
  type HealthCheckProtocol,
  type Knowable,
  type Service,
  type Setting,
  type TargetKind,
} from "../../../model";
import { annotated, annotatedInt32, annotationPlace, AWS } from "../annotations";
import { parseInt32 } from "../../go-values";
import { refuse } from "../refusal";
import type { LbcSettings } from "./settings";

interface Defaults {
  readonly protocol: HealthCheckProtocol;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly threshold: number;
}

/** `pkg/service/model_builder.go`: the two sets of defaults, by whether kube-proxy's health-check port is asked. */
const PLAIN: Defaults = { protocol: "TCP", path: "/", intervalSeconds: 10, timeoutSeconds: 10, threshold: 3 };
const LOCAL: Defaults = {
  protocol: "HTTP",
  path: "/healthz",
  intervalSeconds: 10,
  timeoutSeconds: 6,
  threshold: 2,
};

/**
 * The health check of one target group: defaults by target kind and policy, each overridden by its annotation. Ranges are not
 * checked by the controller. `pkg/service/model_build_target_group.go` buildTargetGroupHealthCheckConfig.
 */
export function lbcHealthCheck(
  service: Service,
  targets: Knowable<TargetKind>,
  settings: LbcSettings,
): HealthCheck {
  const local = asksKubeProxy(service, targets);
  const byMode = <T>(of: (defaults: Defaults) => T, path: string): Knowable<T> =>
    isUnknown(local) ? unknownAt(path, local.origin) : of(local ? LOCAL : PLAIN);
  const at = (suffix: string) => annotationPlace(service, suffix);
  const advanced = settings.advancedHealthCheck !== false;

  const protocol = annotated(
    service,
    AWS.healthCheckProtocol,
    byMode((d) => d.protocol, at(AWS.healthCheckProtocol).path),
    (raw) =>
      protocolNamed(raw) ??
      refuse("healthCheckProtocol", at(AWS.healthCheckProtocol), raw, "TCP, HTTP or HTTPS"),
  );
  const overHttp = protocol.value !== "TCP";
  const timeout = byMode((d) => d.timeoutSeconds, at(AWS.healthCheckTimeout).path);
  const threshold = (suffix: string) =>
    annotatedInt32(
      service,
      suffix,
      byMode((d) => d.threshold, at(suffix).path),
    );
  const path = overHttp
    ? annotated(
        service,
        AWS.healthCheckPath,
        byMode((d) => d.path, at(AWS.healthCheckPath).path),
        (raw) => raw,
      )
    : undefined;
  const matcher =
    overHttp && advanced ? annotated(service, AWS.successCodes, "200-399", (raw) => raw) : undefined;
  return {
    protocol,
    port: portOf(service, targets, local),
    ...(path ? { path } : {}),
    ...(matcher ? { matcher } : {}),
    intervalSeconds: annotatedInt32(
      service,
      AWS.healthCheckInterval,
      byMode((d) => d.intervalSeconds, at(AWS.healthCheckInterval).path),
    ),
    timeoutSeconds: advanced
      ? annotatedInt32(service, AWS.healthCheckTimeout, timeout)
      : byDefault(timeout, at(AWS.healthCheckTimeout)),
    healthyThreshold: threshold(AWS.healthyThreshold),
    unhealthyThreshold: threshold(AWS.unhealthyThreshold),
  };
}

/** Instance targets of a LoadBalancer Service under Local: the only case in which the controller reads the policy. */
function asksKubeProxy(service: Service, targets: Knowable<TargetKind>): Knowable<boolean> {
  const policy = service.externalTrafficPolicy ?? "Cluster";
  if (targets === "ip" || policy === "Cluster") return false;
  if (!isUnknown(service.type) && service.type !== "LoadBalancer") return false;
  for (const part of [policy, targets, service.type]) if (isUnknown(part)) return part;
  return true;
}

/** Upper or lower case; `TCP`, `HTTP` or `HTTPS`. */
export function protocolNamed(raw: string): HealthCheckProtocol | undefined {
  const wanted = raw.toUpperCase();
  return HEALTH_CHECK_PROTOCOLS.find((name) => name === wanted);
}

function portOf(
  service: Service,
  targets: Knowable<TargetKind>,
  local: Knowable<boolean>,
): Setting<HealthCheckPort> {
  const at = annotationPlace(service, AWS.healthCheckPort);
  // The controller writes 0 where a Local Service has no health-check node port; see `PLAIN` for the other default.
  const fallback = isUnknown(local)
    ? unknownAt(at.path, local.origin)
    : local
      ? (service.healthCheckNodePort ?? 0)
      : "traffic-port";
  return annotated<HealthCheckPort>(service, AWS.healthCheckPort, fallback, (raw) => {
    if (raw === "traffic-port") return raw;
    return parseInt32(raw) ?? portNamed(service, raw, targets);
  });
}

/** A name stands for the Service port of that name: its node port, or its numeric target port. */
function portNamed(service: Service, name: string, targets: Knowable<TargetKind>): Knowable<HealthCheckPort> {
  const at = annotationPlace(service, AWS.healthCheckPort);
  const port = service.ports.find((candidate) => candidate.name === name);
  if (!port)
    return refuse(
      "healthCheckPort",
      at,
      name,
      "traffic-port, a number, or the name of a port of the Service",
    );
  if (isUnknown(targets)) return unknownAt(at.path, targets.origin);
  if (targets === "instance") return port.nodePort ?? 0;
  return mapKnown(port.targetPort, (target) =>
    typeof target === "number"
      ? target
      : refuse("healthCheckPort", at, name, "a number, since the target port is a name"),
  );
}
