import {
  byDefault,
  given,
  isUnknown,
  mapKnown,
  unknownAt,
  type HealthCheck,
  type HealthCheckPort,
  type HealthCheckProtocol,
  type Knowable,
  type Service,
} from "../../../model";
import { annotated, annotation, annotationPlace, AWS } from "../annotations";
import { awsTimeout } from "../health-check-defaults";
import { parseInt64, parseWrappedInt32 } from "../../go-values";
import { protocolNamed } from "../lbc/health-check";
import { refuse } from "../refusal";
import type { CcmSettings } from "./settings";

/**
 * The health check that cloud-provider-aws computes for an NLB. Its timeout is computed and parsed, but never sent; see `asSent`.
 * `pkg/providers/v1/aws.go` buildNLBHealthCheckConfiguration.
 */
export function ccmHealthCheck(service: Service, settings: CcmSettings): HealthCheck {
  const local: Knowable<boolean> = mapKnown(
    service.externalTrafficPolicy ?? "Cluster",
    (policy) => policy === "Local",
  );
  const shared = sharesProbe(service, local, settings);
  const written = ccmWritten(service, local);
  const chosen = shared === true ? { ...written, ...sharedProbe(service, settings) } : written;
  if (shared !== true) requirePort(service);
  const number = (suffix: string, ifLocal: number, otherwise: number) =>
    annotated(
      service,
      suffix,
      byPolicy(local, annotationPlace(service, suffix).path, ifLocal, otherwise),
      (raw) =>
        parseWrappedInt32(raw) ?? refuse("number", annotationPlace(service, suffix), raw, "a whole number"),
    );
  return {
    ...chosen,
    intervalSeconds: number(AWS.healthCheckInterval, 10, 30),
    timeoutSeconds: number(AWS.healthCheckTimeout, 10, 10),
    healthyThreshold: number(AWS.healthyThreshold, 2, 3),
    unhealthyThreshold: number(AWS.unhealthyThreshold, 2, 3),
  };
}

/**
 * What reaches AWS: neither the timeout ("currently not configurable", aws_loadbalancer.go) nor success codes are sent, so AWS's
 * own defaults hold whatever the annotation says.
 */
export function asSent(computed: HealthCheck, service: Service): HealthCheck {
  const timeout = byDefault(
    awsTimeout(computed.protocol.value, "timeout"),
    annotationPlace(service, AWS.healthCheckTimeout),
  );
  const sent = { ...computed, timeoutSeconds: timeout };
  if (computed.protocol.value === "TCP") return sent;
  return { ...sent, matcher: byDefault("200-399", annotationPlace(service, AWS.successCodes)) };
}

type Asked = Pick<HealthCheck, "protocol" | "port" | "path">;

/** Protocol, port and path by policy and annotations. A Service without health-check node port is asked on "0" with no path. */
function ccmWritten(service: Service, local: Knowable<boolean>): Asked {
  const at = (suffix: string) => annotationPlace(service, suffix);
  const hasPort =
    !isUnknown(service.type) && service.type !== "LoadBalancer" ? 0 : (service.healthCheckNodePort ?? 0);
  const protocol = annotated<HealthCheckProtocol>(
    service,
    AWS.healthCheckProtocol,
    byPolicy<HealthCheckProtocol>(local, at(AWS.healthCheckProtocol).path, "HTTP", "TCP"),
    (raw) =>
      protocolNamed(raw) ??
      refuse("healthCheckProtocol", at(AWS.healthCheckProtocol), raw, "TCP, HTTP or HTTPS"),
  );
  const port = annotated<HealthCheckPort>(
    service,
    AWS.healthCheckPort,
    byPolicy<HealthCheckPort>(local, at(AWS.healthCheckPort).path, hasPort, "traffic-port"),
    (raw) => (raw === "traffic-port" ? raw : Number(parseInt64(raw) ?? Number.NaN)),
  );
  if (protocol.value === "TCP") return { protocol, port };
  const localPath = hasPort === 0 ? "" : "/healthz";
  const path = byPolicy(local, at(AWS.healthCheckPath).path, localPath, "/");
  return { protocol, port, path: annotated(service, AWS.healthCheckPath, path, (raw) => raw) };
}

/** The port must be a number, which is looked at last, after Shared mode may have replaced it. */
function requirePort(service: Service): void {
  const raw = annotation(service, AWS.healthCheckPort);
  if (raw === undefined || isUnknown(raw) || raw === "traffic-port" || parseInt64(raw) !== undefined) return;
  refuse("healthCheckPort", annotationPlace(service, AWS.healthCheckPort), raw, "traffic-port or a number");
}

/** In Shared mode kube-proxy's own health replaces what was written, except under Local. */
function sharesProbe(
  service: Service,
  local: Knowable<boolean>,
  { healthProbeMode = "" }: CcmSettings,
): Knowable<boolean> {
  if (healthProbeMode === "Shared") return mapKnown(local, (isLocal) => !isLocal);
  if (healthProbeMode === "ServiceNodePort" || healthProbeMode === "") return false;
  const at = { resource: service.ref, path: "cloudConfig.ClusterServiceLoadBalancerHealthProbeMode" };
  return refuse("probeMode", at, healthProbeMode, "Shared or ServiceNodePort");
}

function sharedProbe(service: Service, { sharedProbePort, sharedProbePath }: CcmSettings): Asked {
  const at = { resource: service.ref, path: "cloudConfig.ClusterServiceLoadBalancerHealthProbeMode" };
  return {
    protocol: given("HTTP", at),
    port: given(sharedProbePort || 10256, at),
    path: given(sharedProbePath || "/healthz", at),
  };
}

function byPolicy<T>(
  local: Knowable<boolean>,
  path: string,
  ifLocal: Knowable<T>,
  otherwise: Knowable<T>,
): Knowable<T> {
  return isUnknown(local) ? unknownAt(path, local.origin) : local ? ifLocal : otherwise;
}
