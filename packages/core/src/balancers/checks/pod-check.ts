import {
  isUnknown,
  type ContainerPort,
  type Front,
  type HealthCheck,
  type Service,
  type ServicePort,
  type Unknown,
  type Workload,
} from "../../model";
import { sayBalancer } from "../texts";
import { never, passes, perhaps, type CheckAnswer } from "./check-answer";
import { isNodePort, PLAIN_HEALTH_PORTS } from "./known-ports";
import { isTrafficPort } from "./node-check";
import { carriesTcp, portsAtNodePort, portsOfFront } from "./served-ports";

/**
 * What the check of a front that sends to pods sees. Pods are asked themselves: each passes while it answers, on the ports that it has.
 * A pod has none of the node's ports; its UDP port answers no check; and only the port of the traffic is known to parse a PROXY header.
 */
export function podCheck(front: Front, service: Service, workloads: readonly Workload[] = []): CheckAnswer {
  const check = front.healthCheck;
  if (!check) return passes("servedHere");
  const port = check.port.value;
  const declared = workloads.flatMap(({ template }) =>
    template.spec.containers.flatMap(({ ports = [] }) => ports),
  );
  if (isTrafficPort(port, front.targetPort.value)) return ofTraffic(portsOfFront(front, service), declared);
  if (isUnknown(port)) return isOfNode(port, service) ? never(noPodPort(null)) : perhaps(ANSWERED, PARTLY);
  if (port === "traffic-port") return perhaps(ANSWERED, PARTLY);
  const isDeclared = declared.some(
    ({ containerPort, protocol = "TCP" }) => containerPort === port && protocol === "TCP",
  );
  const isNodes =
    port === service.healthCheckNodePort || (isNodePort(port) && portsAtNodePort(port, service).length > 0);
  if (isNodes && !isDeclared) return never(noPodPort(port));
  return behindHeader(port, front, check, isDeclared);
}

const ANSWERED = passes("servedHere");
const PARTLY = sayBalancer("check-partly-unknown");

/** The port of the traffic parses the header, or nothing would work. */
function ofTraffic(ports: readonly ServicePort[], declared: readonly ContainerPort[]): CheckAnswer {
  const answersTcp =
    carriesTcp(ports) === true ||
    ports.some(({ targetPort }) =>
      declared.some(
        ({ name, containerPort, protocol = "TCP" }) =>
          protocol === "TCP" && (containerPort === targetPort || (name !== undefined && name === targetPort)),
      ),
    );
  if (answersTcp) return ANSWERED;
  const protocol = ports.map((one) => one.protocol).find((one) => one !== "TCP");
  return perhaps(
    ANSWERED,
    sayBalancer("pods-may-answer-tcp", {
      protocol: protocol === undefined || isUnknown(protocol) ? null : protocol,
    }),
  );
}

function behindHeader(
  port: number,
  { proxyProtocol }: Front,
  check: HealthCheck,
  isDeclared: boolean,
): CheckAnswer {
  const header = (check.proxyProtocol ?? proxyProtocol).value;
  const isPlain = header === "off" || check.protocol.value === "TCP";
  if (!isPlain && !isUnknown(header) && port in PLAIN_HEALTH_PORTS)
    return never(sayBalancer("check-header-not-parsed", { port }));
  if (!isPlain) return perhaps(ANSWERED, sayBalancer("header-may-not-be-parsed", { port }));
  return isDeclared ? ANSWERED : perhaps(ANSWERED, sayBalancer("pods-may-answer-on-port", { port }));
}

/** Whether an unknown port will be one of the node's. */
function isOfNode(port: Unknown, service: Service): boolean {
  return (
    port === service.healthCheckNodePort ||
    port.origin?.field === "spec.healthCheckNodePort" ||
    portsAtNodePort(port, service).length > 0
  );
}

function noPodPort(port: number | null): ReturnType<typeof sayBalancer> {
  return sayBalancer("node-port-of-pod", { port });
}
