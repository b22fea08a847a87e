import type { Front, Service } from "../../../model";
import type { CheckingBalancer } from "../../balancer";
import type { HealthCheckWish, RecommendedHealthCheck } from "../../checks/health-check-wish";
import { KUBE_PROXY_HEALTH_PORT } from "../../checks/known-ports";
import { nodeCheck } from "../../checks/node-check";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "../../checks/required";
import { carriesTcp, portsOfFront } from "../../checks/served-ports";
import { inPlace } from "../../in-place";
import { NLB_INSTRUCTIONS } from "./instructions";
import { NLB_INSTANCE_LAWS } from "./laws";
import { NLB, NLB_CONTROLLER, TCP_ON_TRAFFIC_PORT } from "./nlb";
import { registeredNodes } from "./registered-nodes";
import { nlbWeigh } from "./weights";

/**
 * AWS Network Load Balancer with instance targets: it sends to the node port of every registered node that passes the check. The
 * policy of the Service does not restrict registration, the health check decides.
 */
export const nlbInstance: CheckingBalancer = {
  ...NLB,
  kind: "nlb-instance",
  title: "AWS NLB with instance targets",
  targets: ["instance"],
  registers: (nodes, front, service) => registeredNodes(nodes, front, service),
  weigh: (targets, front) => nlbWeigh(targets, "instance", front),
  healthCheckFor: instanceHealthCheck,
  check: nodeCheck,
  laws: NLB_INSTANCE_LAWS,
  instructions: NLB_INSTRUCTIONS,
  inPlaceOf: (front) =>
    inPlace(front, { name: "nlb", controller: NLB_CONTROLLER, targets: "instance", preserves: true }),
};

/** A port that answers no check over TCP; kube-proxy's own health then says all that can be said of a node. */
function isWithoutTcp(service: Service, front?: Front): boolean {
  return carriesTcp(front ? portsOfFront(front, service) : service.ports) === false;
}

const KUBE_PROXY_HEALTH: RecommendedHealthCheck = {
  protocol: "HTTP",
  port: KUBE_PROXY_HEALTH_PORT,
  path: HEALTH_CHECK_PATH,
  matcher: "200-399",
  intervalSeconds: 10,
  timeoutSeconds: 6,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};

/** Timings as AWS Load Balancer Controller sets them for each case. */
function instanceHealthCheck(service: Service, front?: Front): HealthCheckWish {
  const required = requiredOfNodes(service);
  if (!isLocal(service))
    return { required, recommended: isWithoutTcp(service, front) ? KUBE_PROXY_HEALTH : TCP_ON_TRAFFIC_PORT };
  return {
    required,
    recommended: {
      protocol: "HTTP",
      port: service.healthCheckNodePort ?? "traffic-port",
      path: HEALTH_CHECK_PATH,
      matcher: "200-399",
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
  };
}
