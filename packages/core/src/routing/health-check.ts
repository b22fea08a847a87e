import type { Endpoint } from "../model/endpoint";
import { isUnknown, type Knowable } from "../model/knowable";
import type { Service } from "../model/service";
import type { NodeView } from "./categorize";
import { isLocal, isReady } from "./conditions";

/** The path that cloud providers ask; the server answers every path alike. Source: cloud-provider service/helpers. */
export const HEALTH_CHECK_PATH = "/healthz";

export interface HttpAnswer {
  readonly status: 200 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The server that kube-proxy opens for a Service of type LoadBalancer under external policy Local: on every node, with or
 * without an endpoint, over TCP, on every node address that `--nodeport-addresses` admits (by default all of the family).
 */
export interface HealthCheckListener {
  readonly port: Knowable<number>;
  readonly on: "everyNode";
}

/**
 * Who listens on the health-check node port: a listener, or nobody, so that a check is refused.
 * Source: k/k pkg/api/v1/service/util.go `NeedsHealthCheck`, pkg/proxy/servicechangetracker.go `HealthCheckNodePorts`.
 */
export function healthCheckListener(service: Service): Knowable<HealthCheckListener | "nobody"> {
  const { type, externalTrafficPolicy, headless, healthCheckNodePort: port } = service;
  if (headless || (!isUnknown(type) && type !== "LoadBalancer")) return "nobody";
  if (!isUnknown(externalTrafficPolicy) && externalTrafficPolicy !== "Local") return "nobody";
  if (isUnknown(type)) return type;
  if (isUnknown(externalTrafficPolicy)) return externalTrafficPolicy;
  return port === undefined || port === 0 ? "nobody" : { port, on: "everyNode" };
}

/**
 * What the health-check node port counts: distinct addresses of ready endpoints on the node, over all ports of the Service.
 * Terminating pods do not count, although they may still be served, unless `publishNotReadyAddresses` keeps them ready.
 * Source: k/k pkg/proxy/endpointschangetracker.go `LocalReadyEndpoints`.
 */
export function localReadyEndpoints(endpoints: readonly Endpoint[], nodeName: string): number {
  const ready = endpoints.filter((endpoint) => isReady(endpoint) && isLocal(endpoint, nodeName));
  return new Set(ready.map(({ addresses: [first] }) => first)).size;
}

/**
 * The answer of one node's health-check node port: 200 with a ready endpoint here and a healthy kube-proxy, else 503.
 * Whether the node is about to be deleted does not matter here. `endpoints` are those of all ports of the Service and of the
 * listener's address family. Undefined where nobody listens, or it is not known whether somebody does.
 * Source: k/k pkg/proxy/healthcheck/service_health.go `hcHandler`.
 */
export function healthCheckNodePortAnswer(
  service: Service,
  endpoints: readonly Endpoint[],
  node: NodeView,
  proxyHealthy: boolean,
): HttpAnswer | undefined {
  const listener = healthCheckListener(service);
  if (listener === "nobody" || isUnknown(listener)) return undefined;
  const count = localReadyEndpoints(endpoints, node.name);
  const { namespace = "default", name } = service.ref;
  return {
    status: count > 0 && proxyHealthy ? 200 : 503,
    headers: {
      "Content-Type": "application/json",
      "X-Content-Type-Options": "nosniff",
      "X-Load-Balancing-Endpoint-Weight": `${count}`,
    },
    body: JSON.stringify(
      { service: { namespace, name }, localEndpoints: count, serviceProxyHealthy: proxyHealthy },
      undefined,
      "\t",
    ),
  };
}
