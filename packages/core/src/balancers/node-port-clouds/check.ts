import {
  byDefault,
  HEALTH_CHECK_PROTOCOLS,
  type HealthCheck,
  type HealthCheckPort,
  type HealthCheckProtocol,
  type Knowable,
  type Place,
  type Service,
} from "../../model";
import { HEALTH_CHECK_PATH, isLocal } from "../checks/required";
import { annotated, annotationPlace, GO_INT, TEXT, type Parser } from "./annotations";
import type { CheckTimes } from "./cloud";

/** Port of kube-proxy's own health; Kubernetes `pkg/cluster/ports`. */
const KUBE_PROXY_HEALTH_PORT = 10_256;

/** What is checked where no annotation says otherwise. */
export interface CheckDefaults extends Readonly<Record<keyof CheckTimes, Knowable<number>>> {
  readonly protocol: Knowable<HealthCheckProtocol>;
  readonly port: Knowable<HealthCheckPort>;
  readonly path?: string;
  readonly matcher?: string;
}

/** A TCP connection to the node port that receives the traffic. */
export function trafficPortCheck(times: CheckTimes): CheckDefaults {
  return { protocol: "TCP", port: "traffic-port", ...times };
}

/**
 * Kubernetes' own helper for controllers, GetServiceHealthCheckPathPort: under Local the health-check node port, where the Service has
 * one. Undefined where it has none.
 */
export function healthCheckNodePortCheck(service: Service, times: CheckTimes): CheckDefaults | undefined {
  const { healthCheckNodePort: port } = service;
  if (!isLocal(service) || port === undefined) return undefined;
  return { protocol: "HTTP", port, path: HEALTH_CHECK_PATH, matcher: "200", ...times };
}

/** HTTP on kube-proxy's own health port, which every node answers on. */
export function kubeProxyCheck(times: CheckTimes): CheckDefaults {
  return {
    protocol: "HTTP",
    port: KUBE_PROXY_HEALTH_PORT,
    path: HEALTH_CHECK_PATH,
    matcher: "200",
    ...times,
  };
}

/** Annotations over the defaults, and how their values are read. */
export interface CheckKeys {
  readonly protocol?: string;
  readonly port?: string;
  readonly path?: string;
  readonly matcher?: string;
  readonly interval?: string;
  readonly timeout?: string;
  /** Passing checks in a row that bring a node back. */
  readonly healthy?: string;
  /** Failing checks in a row that take a node out. */
  readonly unhealthy?: string;
}

export interface CheckParsers {
  readonly protocol?: Parser<HealthCheckProtocol>;
  readonly port?: Parser<HealthCheckPort>;
  readonly matcher?: Parser<string>;
  /** Of intervals and timeouts, in seconds. */
  readonly seconds?: Parser<number>;
}

/**
 * The defaults with the annotations over them. What no annotation steers is a default at `home`, the key that people would set to change
 * the check.
 */
export function checkOf(
  service: Service,
  home: string,
  defaults: CheckDefaults,
  keys: CheckKeys,
  parsers: CheckParsers = {},
): HealthCheck {
  const at = annotationPlace(service, home);
  const setting = <T>(key: string | undefined, fallback: Knowable<T>, parser: Parser<T>) =>
    key === undefined ? byDefault(fallback, at) : annotated(service, key, fallback, parser);
  const { seconds = GO_INT } = parsers;
  const protocol = setting(keys.protocol, defaults.protocol, parsers.protocol ?? PROTOCOL);
  const overHttp = protocol.value === "HTTP" || protocol.value === "HTTPS";
  return {
    protocol,
    port: setting(keys.port, defaults.port, parsers.port ?? PORT),
    ...(overHttp ? { path: setting(keys.path, defaults.path ?? "/", TEXT) } : {}),
    ...(overHttp
      ? { matcher: setting(keys.matcher, defaults.matcher ?? "200-399", parsers.matcher ?? TEXT) }
      : {}),
    intervalSeconds: setting(keys.interval, defaults.intervalSeconds, seconds),
    timeoutSeconds: setting(keys.timeout, defaults.timeoutSeconds, seconds),
    healthyThreshold: setting(keys.healthy, defaults.healthyThreshold, GO_INT),
    unhealthyThreshold: setting(keys.unhealthy, defaults.unhealthyThreshold, GO_INT),
  };
}

/** The check without a PROXY header of its own, whatever the traffic has. */
export function withoutHeader(check: HealthCheck, at: Place = check.protocol.at): HealthCheck {
  return { ...check, proxyProtocol: byDefault("off", at) };
}

/** `tcp`, `http` or `https`, in either case. */
export const PROTOCOL: Parser<HealthCheckProtocol> = {
  parse: (raw) => HEALTH_CHECK_PROTOCOLS.find((name) => name === raw.toUpperCase()),
  wanted: "tcp, http or https",
};

const PORT: Parser<HealthCheckPort> = GO_INT;
