import { DEFAULT_NODE_PORT_RANGE } from "../../api/allocation/api-server";
import {
  acceptsStatus,
  isUnknown,
  type Front,
  type HealthCheck,
  type HealthCheckPort,
  type Knowable,
  type Service,
} from "../../model";
import { sayBalancer } from "../texts";
import { passes, type CheckAnswer, type Passes } from "./check-answer";

/** Port of kube-proxy's own health; Kubernetes `pkg/cluster/ports`. */
const KUBE_PROXY_HEALTH_PORT = 10256;

/**
 * What the check of a front that sends to nodes sees. The health-check node port answers 200 where a ready endpoint is, 503 elsewhere, on
 * an open port everywhere, and only under Local; the traffic port under Local drops the SYN where no endpoint is; neither kube-proxy
 * port parses a PROXY header or TLS. Kubernetes `pkg/proxy/healthcheck`, and `routing/` for the data path.
 */
export function nodeCheck(front: Front, service: Service): CheckAnswer {
  const local = service.externalTrafficPolicy === "Local";
  const check = front.healthCheck;
  if (!check) return withoutCheck(service);
  const protocol = check.protocol.value;
  const port = check.port.value;
  const own = asksOwnHealthPort(service, port);
  const ofTraffic = isTrafficPort(port, front.targetPort.value) || isOwnNodePort(service, port);
  if (isUnknown(protocol) || (isUnknown(port) && !own && !ofTraffic))
    return passes(local ? "readyHere" : "whileServed", sayBalancer("check-partly-unknown"));
  const header = (check.proxyProtocol ?? front.proxyProtocol).value;
  const opens = protocol === "TCP";
  const answers = protocol === "HTTP" && (header === "off" || isUnknown(header));
  if (own) {
    if (!local) return passes("nowhere");
    return passes(answers ? byStatus(check) : opens ? "everywhere" : "nowhere");
  }
  if (ofTraffic) return passes(local ? "servedHere" : "whileServed");
  if (isUnknown(port) || port === "traffic-port") return passes("nowhere");
  if (port === KUBE_PROXY_HEALTH_PORT) return passes(answers || opens ? "everywhere" : "nowhere");
  if (local && isUnknown(service.healthCheckNodePort))
    return passes("readyHere", sayBalancer("port-becomes-health-check-node-port", { port }));
  // In that range kube-proxy alone decides who listens, and it listens for the Service's own ports.
  if (!local && port >= DEFAULT_NODE_PORT_RANGE.first && port <= DEFAULT_NODE_PORT_RANGE.last) {
    const isOwn = service.ports.some(({ nodePort }) => nodePort === port);
    return passes(isOwn ? "whileServed" : "nowhere");
  }
  return passes("everywhere", sayBalancer("responder-on-port", { port }));
}

/** Who learns otherwise which nodes serve, or nobody: a type without a health-check node port tells nothing to anybody. */
export function withoutCheck(service: Service): CheckAnswer {
  if (service.externalTrafficPolicy !== "Local") return passes("whileServed");
  return lacksHealthPort(service)
    ? passes("everywhere", sayBalancer("clients-reach-every-node", { type: String(service.type) }))
    : passes("readyHere");
}

/** Whether a health check asks the port that the traffic goes to, by whatever name. */
export function isTrafficPort(port: Knowable<HealthCheckPort>, targetPort: Knowable<number>): boolean {
  return port === "traffic-port" || (!isUnknown(port) && port === targetPort);
}

/** kube-proxy treats all node ports of a Service alike; before a number exists, it is the very same unknown. */
function isOwnNodePort({ ports }: Service, port: Knowable<HealthCheckPort>): boolean {
  return ports.some(({ nodePort }) => nodePort !== undefined && nodePort !== 0 && nodePort === port);
}

/** kube-proxy says 200 where an endpoint is and 503 elsewhere; a check that accepts both sees no difference. */
function byStatus({ matcher }: HealthCheck): Passes {
  const text = matcher?.value;
  if (text === undefined || isUnknown(text) || acceptsStatus(text, 200) === undefined) return "readyHere";
  if (!acceptsStatus(text, 200)) return "nowhere";
  return acceptsStatus(text, 503) ? "everywhere" : "readyHere";
}

/** Kubernetes `pkg/api/v1/service/util.go` NeedsHealthCheck. */
function lacksHealthPort({ type }: Service): boolean {
  return !isUnknown(type) && type !== "LoadBalancer";
}

/** Also before the number exists: the source says that it will be the Service's own, or it is the very same unknown. */
function asksOwnHealthPort({ healthCheckNodePort }: Service, port: Knowable<HealthCheckPort>): boolean {
  if (healthCheckNodePort === undefined) return false;
  if (isUnknown(port))
    return port === healthCheckNodePort || port.origin?.field === "spec.healthCheckNodePort";
  return port === healthCheckNodePort;
}
