import type { CheckingBalancer } from "../../balancer";
import type { RequiredHealthCheck } from "../../checks/health-check-wish";
import { podCheck } from "../../checks/pod-check";
import type { Service } from "../../../model";
import { inPlace } from "../../in-place";
import { NLB_INSTRUCTIONS } from "./instructions";
import { NLB_IP_LAWS } from "./laws";
import { NLB, NLB_CONTROLLER, TCP_ON_TRAFFIC_PORT } from "./nlb";
import { nlbWeigh } from "./weights";

/**
 * AWS Network Load Balancer with IP targets: it sends to the pods themselves. kube-proxy is not on the path, so traffic policies,
 * session affinity and traffic distribution of the Service have no effect on what comes through the load balancer.
 */
export const nlbIp: CheckingBalancer = {
  ...NLB,
  kind: "nlb-ip",
  title: "AWS NLB with IP targets",
  targets: ["ip"],
  registers: (nodes) => ({ nodes: nodes.map((_, index) => index), assumptions: [] }),
  weigh: (targets, front) => nlbWeigh(targets, "ip", front),
  healthCheckFor: (service) => ({
    required: { closedPorts: nodePortsOf(service) },
    recommended: TCP_ON_TRAFFIC_PORT,
  }),
  check: podCheck,
  laws: NLB_IP_LAWS,
  instructions: NLB_INSTRUCTIONS,
  inPlaceOf: (front) =>
    inPlace(front, { name: "nlb", controller: NLB_CONTROLLER, targets: "ip", preserves: false }),
};

/** A pod does not listen on the node's ports. */
function nodePortsOf(service: Service): RequiredHealthCheck["closedPorts"] {
  const nodePorts = service.ports.flatMap(({ nodePort, name }) =>
    nodePort === undefined ? [] : [{ name: name ? `node port of "${name}"` : "node port", value: nodePort }],
  );
  const health = service.healthCheckNodePort;
  return health === undefined ? nodePorts : [...nodePorts, { name: "healthCheckNodePort", value: health }];
}
