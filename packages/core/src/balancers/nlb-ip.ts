import type { Balancer, HealthCheckWish, RequiredHealthCheck } from "./balancer";
import type { Service } from "../model";
import { inPlace } from "./in-place";
import { emptyZoneSeconds, NLB_CONTROLLER, nlbWeights, TCP_ON_TRAFFIC_PORT } from "./nlb";

/**
 * AWS Network Load Balancer with IP targets: it sends to the pods themselves. kube-proxy is not on the way, so traffic policies,
 * session affinity and traffic distribution of the Service have no effect on what comes through the load balancer.
 */
export const nlbIp: Balancer = {
  kind: "nlb-ip",
  title: "AWS NLB with IP targets",
  inPlaceOf: (front) =>
    inPlace(front, { balancer: "nlb", controller: NLB_CONTROLLER, targets: "ip", preserves: false }),
  publishes: "hostname",
  failsOpen: true,
  registers: () => true,
  weights: ({ zones }, front) => nlbWeights(zones, front),
  emptyZoneSeconds,
  healthCheckFor: (service): HealthCheckWish => ({
    required: { closedPorts: nodePortsOf(service) },
    recommended: TCP_ON_TRAFFIC_PORT,
  }),
};

/** A pod does not listen on the node's ports. */
function nodePortsOf(service: Service): RequiredHealthCheck["closedPorts"] {
  const nodePorts = service.ports.flatMap(({ nodePort, name }) =>
    nodePort === undefined ? [] : [{ name: name ? `node port of "${name}"` : "node port", value: nodePort }],
  );
  const health = service.healthCheckNodePort;
  return health === undefined ? nodePorts : [...nodePorts, { name: "healthCheckNodePort", value: health }];
}
