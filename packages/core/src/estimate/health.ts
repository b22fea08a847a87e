import { DEFAULT_NODE_PORT_RANGE } from "../api/api-server";
import { balancerOf } from "../balancers/known";
import {
  acceptsStatus,
  isUnknown,
  type Front,
  type HealthCheck,
  type HealthCheckPort,
  type Knowable,
  type Service,
} from "../model";
import { isTrafficPort } from "./fronts";

/** Which registered nodes pass the balancer's check in steady state. */
export type PassingNodes = "withEndpoint" | "all" | "none";

export interface HealthView {
  readonly passing: PassingNodes;
  /** What had to be assumed to say so. */
  readonly assumption?: string;
}

/** Port of kube-proxy's own health; Kubernetes `pkg/cluster/ports`. */
const KUBE_PROXY_HEALTH_PORT = 10256;

/**
 * What the check of a node front sees. The health-check node port answers 200 where a ready endpoint is, 503 elsewhere, on an open
 * port everywhere, and only under Local; the traffic port under Local drops the SYN where no endpoint is; neither kube-proxy port
 * parses a PROXY header or TLS. Kubernetes `pkg/proxy/healthcheck`, and `routing/` for the data path.
 */
export function healthView(service: Service, front: Front | undefined): HealthView {
  const local = service.externalTrafficPolicy === "Local";
  const wired: HealthView = { passing: local ? "withEndpoint" : "all" };
  const check = front?.healthCheck;
  if (front && !check && balancerOf(front)?.trustsUnchecked) return { passing: "all" };
  if (!front || !check) return local && lacksHealthPort(service) ? everyNode(service) : wired;
  const protocol = check.protocol.value;
  const port = check.port.value;
  const own = asksOwnHealthPort(service, port);
  if (isUnknown(protocol) || (isUnknown(port) && !own)) {
    return {
      ...wired,
      assumption: "the health check is what the policy needs (part of it is not known yet)",
    };
  }
  const header = (check.proxyProtocol ?? front.proxyProtocol).value;
  const opens = protocol === "TCP";
  const answers = protocol === "HTTP" && (header === "off" || isUnknown(header));
  if (own) {
    if (!local) return { passing: "none" };
    return { passing: answers ? byStatus(check) : opens ? "all" : "none" };
  }
  if (isTrafficPort(port, front.targetPort.value)) return wired;
  if (port === KUBE_PROXY_HEALTH_PORT) return { passing: answers || opens ? "all" : "none" };
  if (local && isUnknown(service.healthCheckNodePort)) {
    return { ...wired, assumption: `port ${String(port)} will be this Service's healthCheckNodePort` };
  }
  // In that range kube-proxy alone decides who listens, and it listens for the Service's own ports.
  if (
    !local &&
    typeof port === "number" &&
    port >= DEFAULT_NODE_PORT_RANGE.first &&
    port <= DEFAULT_NODE_PORT_RANGE.last
  ) {
    const isOwn = service.ports.some(({ nodePort }) => nodePort === port);
    return { passing: isOwn ? "all" : "none" };
  }
  return {
    passing: "all",
    assumption: `something on port ${String(port)} of every node answers the health check`,
  };
}

/** kube-proxy says 200 where an endpoint is and 503 elsewhere; a check that takes both sees no difference. */
function byStatus({ matcher }: HealthCheck): PassingNodes {
  const text = matcher?.value;
  if (text === undefined || isUnknown(text) || acceptsStatus(text, 200) === undefined) return "withEndpoint";
  if (!acceptsStatus(text, 200)) return "none";
  return acceptsStatus(text, 503) ? "all" : "withEndpoint";
}

/** Kubernetes `pkg/api/v1/service/util.go` NeedsHealthCheck. */
function lacksHealthPort({ type }: Service): boolean {
  return !isUnknown(type) && type !== "LoadBalancer";
}

/** Nothing tells whoever sends to the nodes, through a node port or an external IP, which of them have pods. */
function everyNode({ type }: Service): HealthView {
  return {
    passing: "all",
    assumption: `clients or a balancer reach every node alike, since type ${String(type)} has no health-check node port`,
  };
}

/** Also before the number exists: the source says that it will be the Service's own, or it is the very same unknown. */
function asksOwnHealthPort({ healthCheckNodePort }: Service, port: Knowable<HealthCheckPort>): boolean {
  if (healthCheckNodePort === undefined) return false;
  if (isUnknown(port))
    return port === healthCheckNodePort || port.origin?.field === "spec.healthCheckNodePort";
  return port === healthCheckNodePort;
}
