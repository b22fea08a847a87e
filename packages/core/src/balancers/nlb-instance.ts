import { isUnknown, selects, type Front, type Node, type Service } from "../model";
import type { Balancer, HealthCheckWish } from "./balancer";
import { inPlace } from "./in-place";
import { emptyZoneSeconds, NLB_CONTROLLER, nlbWeights, TCP_ON_TRAFFIC_PORT } from "./nlb";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "./node-health-check";

const EXCLUDED_LABELS = [
  "node-role.kubernetes.io/master",
  "node.kubernetes.io/exclude-from-external-load-balancers",
  "alpha.service-controller.kubernetes.io/exclude-balancer",
];

/**
 * AWS Network Load Balancer with instance targets: it sends to the node port of every registered node that passes the check.
 * Which nodes are registered: AWS Load Balancer Controller, `pkg/backend/endpoint_utils.go`; the policy of the Service does not
 * restrict registration, the health check decides.
 */
export const nlbInstance: Balancer = {
  kind: "nlb-instance",
  title: "AWS NLB with instance targets",
  inPlaceOf: (front) =>
    inPlace(front, { balancer: "nlb", controller: NLB_CONTROLLER, targets: "instance", preserves: true }),
  publishes: "hostname",
  failsOpen: true,
  registers(node: Node, front?: Front): boolean {
    const excluded =
      EXCLUDED_LABELS.some((label) => label in node.labels) ||
      node.labels["eks.amazonaws.com/compute-type"] === "fargate";
    const leaving = node.taints.some(
      ({ key, effect }) =>
        key === "ToBeDeletedByClusterAutoscaler" ||
        (key === "karpenter.sh/disrupted" && effect === "NoSchedule"),
    );
    return !excluded && !leaving && node.ready !== false && isChosen(node, front);
  },
  weights: ({ zones }, front) => nlbWeights(zones, front),
  emptyZoneSeconds,
  healthCheckFor: instanceHealthCheck,
};

/** What is not known yet keeps no node out; the estimate says so. */
function isChosen({ labels }: Node, front: Front | undefined): boolean {
  const selector = front?.nodeSelector?.value;
  return selector === undefined || isUnknown(selector) || selects(selector, labels);
}

/** Timings as AWS Load Balancer Controller sets them for each case. */
function instanceHealthCheck(service: Service): HealthCheckWish {
  const required = requiredOfNodes(service);
  if (!isLocal(service)) return { required, recommended: TCP_ON_TRAFFIC_PORT };
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
