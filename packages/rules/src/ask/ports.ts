import { DEFAULT_NODE_PORT_RANGE } from "@evenkeel/core/api";
import { isUnknown, type Knowable, type Service, type Unknown } from "@evenkeel/core/model";

/** The range that node ports and health-check node ports come from, unless the API server is configured otherwise. */
export function inNodePortRange(port: number): boolean {
  return port >= DEFAULT_NODE_PORT_RANGE.first && port <= DEFAULT_NODE_PORT_RANGE.last;
}

/** Ports of node components that say nothing of a Service's endpoints. */
export const NODE_COMPONENT_PORTS: Readonly<Record<number, string>> = {
  10248: "the kubelet's health port",
  10249: "kube-proxy's metrics port",
  10250: "the kubelet's port",
  10256: "kube-proxy's own health port",
};

/** Health ports of proxies that are known not to parse a PROXY header there. */
export const PLAIN_HEALTH_PORTS: Readonly<Record<number, string>> = {
  10254: "ingress-nginx's health port",
  10256: "kube-proxy's own health port",
  15021: "Istio's health port",
};

/** Whether a port of the check is the Service's health-check node port: yes, no, or not decidable yet. */
export function isHealthCheckNodePort(
  port: Knowable<number | "traffic-port">,
  service: Service,
): true | false | Unknown {
  const wanted = service.healthCheckNodePort;
  if (isUnknown(port)) {
    // Node ports and health-check node ports are drawn from one pool, so no port is both, whatever their numbers.
    if (isOwnNodePort(port, service)) return false;
    // The number is not known, but the source says it will be this Service's own field: right whatever it turns out to be.
    return port.origin?.field?.endsWith("healthCheckNodePort") && comesFrom(port, service) ? true : port;
  }
  if (port === "traffic-port" || wanted === undefined || !inNodePortRange(port)) return port === wanted;
  // One number for both is refused by the API server, which is a rule of its own; the check is right.
  if (!isUnknown(wanted)) return port === wanted;
  return ownNodePorts(service).includes(port) ? false : wanted;
}

/** Whether an unknown port will be one of the Service's own node ports: it is that field's value, or comes from it. */
export function isOwnNodePort(port: Unknown, service: Service): boolean {
  if (port.origin?.field !== undefined) {
    return /^spec\.ports\b.*\bnodePort$/.test(port.origin.field) && comesFrom(port, service);
  }
  return service.ports.some(
    ({ nodePort }) => nodePort !== undefined && isUnknown(nodePort) && nodePort.path === port.path,
  );
}

function comesFrom({ origin }: Unknown, { ref }: Service): boolean {
  return (
    origin !== undefined &&
    (origin.resource === ref.urn || origin.resource === `${ref.kind}/${ref.namespace ?? ""}/${ref.name}`)
  );
}

/** The node ports of the Service that are known. */
export function ownNodePorts({ ports }: Service): readonly number[] {
  return ports.flatMap(({ nodePort }) => (nodePort === undefined || isUnknown(nodePort) ? [] : [nodePort]));
}

export function hasUnknownNodePort({ ports }: Service): boolean {
  return ports.some(({ nodePort }) => nodePort !== undefined && isUnknown(nodePort));
}
