import type { Balancer } from "../../balancer";
import type { RecommendedHealthCheck } from "../../checks/health-check-wish";
import { clientAddressBehind } from "../../client-address";
import { AT_ONCE, checkTiming, exactly } from "../../timing";
import type { Front } from "../../../model";
import { emptyZoneSeconds } from "./weights";

/** What AWS Load Balancer Controller sets where the traffic port itself says enough: nodes under Cluster, and pods. */
export const TCP_ON_TRAFFIC_PORT: RecommendedHealthCheck = {
  protocol: "TCP",
  port: "traffic-port",
  intervalSeconds: 10,
  timeoutSeconds: 10,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};

/** Who makes an NLB where nobody says otherwise. */
export const NLB_CONTROLLER = "aws-load-balancer-controller";

/**
 * The least that has been seen until a deregistered target of an NLB gets no new connection, whatever the deregistration delay
 * (kubernetes-sigs/aws-load-balancer-controller#2366: 120 to 200 s).
 */
const DEREGISTRATION_SECONDS = 120;

/** What an NLB does whatever its targets are. */
export const NLB: Pick<
  Balancer,
  | "name"
  | "withoutHealthyTargets"
  | "timing"
  | "emptyZoneSeconds"
  | "resetsUnhealthy"
  | "readinessGate"
  | "clientAddress"
  | "publishes"
  | "deliversTo"
> = {
  name: "nlb",
  withoutHealthyTargets: "sendsToAll",
  timing: (front) =>
    checkTiming(front, {
      firstCheck: AT_ONCE,
      propagation: AT_ONCE,
      deregistration: exactly(DEREGISTRATION_SECONDS),
    }),
  emptyZoneSeconds,
  resetsUnhealthy,
  // Condition that AWS Load Balancer Controller sets on a pod whose target is healthy; its `pod_readiness_gate.md`.
  readinessGate: "target-health.elbv2.k8s.aws/",
  clientAddress: clientAddressBehind,
  publishes: () => "hostname",
  deliversTo: () => "nodePort",
};

/** By default, but for UDP. AWS, target group attributes. */
function resetsUnhealthy({ attributes }: Front): boolean {
  const setting = attributes["target_health_state.unhealthy.connection_termination.enabled"]?.value;
  return setting !== false && setting !== "false";
}
