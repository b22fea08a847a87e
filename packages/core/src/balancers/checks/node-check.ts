import {
  acceptsStatus,
  isUnknown,
  type Front,
  type HealthCheck,
  type HealthCheckPort,
  type Knowable,
  type Service,
  type ServicePort,
  type Workload,
} from "../../model";
import { sayBalancer } from "../texts";
import { never, passes, perhaps, type CheckAnswer, type Passes } from "./check-answer";
import { isNodePort, KUBE_PROXY_HEALTH_PORT, KUBELET_PORT } from "./known-ports";
import { carriesTcp, portsAtNodePort, portsOfFront } from "./served-ports";

/**
 * What the check of a front that sends to nodes sees. The health-check node port answers 200 where a ready endpoint is, 503 elsewhere, on
 * an open port everywhere, and only under Local; the traffic port under Local drops the SYN where no endpoint is; neither kube-proxy
 * port parses a PROXY header or TLS. Kubernetes `pkg/proxy/healthcheck`, and `routing/` for the data path.
 */
export function nodeCheck(front: Front, service: Service, workloads: readonly Workload[] = []): CheckAnswer {
  const check = front.healthCheck;
  if (!check) return withoutCheck(service);
  const port = check.port.value;
  if (isUnknown(check.protocol.value)) return partlyUnknown(service);
  if (asksOwnHealthPort(service, port)) return ofHealthPort(service, front, check);
  if (isTrafficPort(port, front.targetPort.value)) return ofNodePort(portsOfFront(front, service), service);
  if (isUnknown(port)) {
    const own = portsAtNodePort(port, service);
    return own.length > 0 ? ofNodePort(own, service) : partlyUnknown(service);
  }
  if (port === "traffic-port") return partlyUnknown(service);
  if (port === KUBE_PROXY_HEALTH_PORT) return ofKubeProxy("everywhere", front, check, port);
  return isNodePort(port) ? inRange(port, service, front, check) : ofNode(port, workloads, front, check);
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

function ofHealthPort(service: Service, front: Front, check: HealthCheck): CheckAnswer {
  const port = shown(service.healthCheckNodePort);
  if (service.externalTrafficPolicy !== "Local") return never(sayBalancer("health-port-closed", { port }));
  return ofKubeProxy(byStatus(check), front, check, port);
}

/** A port that kube-proxy itself answers, in plain HTTP without a header. */
function ofKubeProxy(answered: Passes, front: Front, check: HealthCheck, port: number | null): CheckAnswer {
  const protocol = check.protocol.value;
  if (protocol === "TCP") return passes("everywhere");
  if (protocol === "HTTPS") return never(sayBalancer("check-port-has-no-tls", { port }));
  const header = (check.proxyProtocol ?? front.proxyProtocol).value;
  if (answered === "nowhere") return never(sayBalancer("check-status-never", { port }));
  if (header === "off") return passes(answered);
  const because = sayBalancer("check-header-not-parsed", { port });
  return isUnknown(header) ? perhaps(passes(answered), because) : never(because);
}

/** A node port: nothing listens there, kube-proxy passes on what comes over the protocol of the Service's port, and nothing else. */
function ofNodePort(ports: readonly ServicePort[], service: Service): CheckAnswer {
  const served = passes(service.externalTrafficPolicy === "Local" ? "servedHere" : "whileServed");
  const carried = carriesTcp(ports);
  if (carried) return served;
  const protocol = ports.map((one) => one.protocol).find((one) => one !== "TCP");
  const because = sayBalancer("check-needs-tcp", {
    protocol: protocol === undefined || isUnknown(protocol) ? null : protocol,
  });
  return carried === false ? never(because) : perhaps(served, because);
}

/** In that range kube-proxy alone decides who listens, and of what is known only this Service's ports are there. */
function inRange(port: number, service: Service, front: Front, check: HealthCheck): CheckAnswer {
  const own = portsAtNodePort(port, service);
  if (own.length > 0) return ofNodePort(own, service);
  if (service.externalTrafficPolicy === "Local" && isUnknown(service.healthCheckNodePort))
    return perhaps(
      ofKubeProxy(byStatus(check), front, check, port),
      sayBalancer("port-may-become-health-check-node-port", { port }),
    );
  const isAllocated = service.ports.some(({ nodePort }) => nodePort !== undefined && isUnknown(nodePort));
  const asksKubeProxy = check.protocol.value !== "TCP" && (check.path?.value ?? "/healthz") === "/healthz";
  if (isAllocated && !asksKubeProxy)
    return perhaps(ofNodePort(service.ports, service), sayBalancer("port-may-become-node-port", { port }));
  return never(sayBalancer("node-port-closed", { port }));
}

/** A port of the node's own: some component's, a host port of the pods, or nobody's. */
function ofNode(
  port: number,
  workloads: readonly Workload[],
  { proxyProtocol }: Front,
  check: HealthCheck,
): CheckAnswer {
  const isHostPort = workloads.some(({ template: { spec } }) =>
    spec.containers.some(({ ports = [] }) =>
      ports.some(
        ({ hostPort, containerPort, protocol = "TCP" }) =>
          protocol === "TCP" && (hostPort === port || (spec.hostNetwork === true && containerPort === port)),
      ),
    ),
  );
  const isPlain = check.protocol.value === "TCP" || (check.proxyProtocol ?? proxyProtocol).value === "off";
  if (isHostPort && isPlain) return passes("servedHere");
  if (port === KUBELET_PORT && check.protocol.value === "TCP") return passes("everywhere");
  const found = passes(isHostPort ? "servedHere" : "everywhere");
  return perhaps(found, sayBalancer("responder-not-known", { port }));
}

function partlyUnknown(service: Service): CheckAnswer {
  const local = service.externalTrafficPolicy === "Local";
  const possible: CheckAnswer = local ? { possible: ["readyHere", "everywhere"] } : passes("whileServed");
  return perhaps(possible, sayBalancer("check-partly-unknown"));
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
  if (isUnknown(port))
    return port === healthCheckNodePort || (port.origin?.field ?? port.path) === "spec.healthCheckNodePort";
  return port === healthCheckNodePort;
}

function shown(port: Knowable<number> | undefined): number | null {
  return port === undefined || isUnknown(port) ? null : port;
}
