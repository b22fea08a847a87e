import { isUnknown, selects, type Front, type Node, type Service } from "../../../model";
import type { CheckingBalancer } from "../../balancer";
import type { HealthCheckWish } from "../../checks/health-check-wish";
import { nodeCheck } from "../../checks/node-check";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "../../checks/required";
import { inPlace } from "../../in-place";
import { sayBalancer } from "../../texts";
import { NLB_INSTRUCTIONS } from "./instructions";
import { NLB_INSTANCE_LAWS } from "./laws";
import { NLB, NLB_CONTROLLER, TCP_ON_TRAFFIC_PORT } from "./nlb";
import { nlbWeigh } from "./weights";

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
export const nlbInstance: CheckingBalancer = {
  ...NLB,
  kind: "nlb-instance",
  title: "AWS NLB with instance targets",
  targets: ["instance"],
  registers: (nodes, front) => ({
    nodes: nodes.flatMap((node, index) => (isTarget(node) && isChosen(node, front) ? [index] : [])),
    assumptions:
      front.nodeSelector && isUnknown(front.nodeSelector.value) ? [sayBalancer("node-labels-unknown")] : [],
  }),
  weigh: (targets, front) => nlbWeigh(targets, "instance", front),
  healthCheckFor: instanceHealthCheck,
  check: nodeCheck,
  laws: NLB_INSTANCE_LAWS,
  instructions: NLB_INSTRUCTIONS,
  inPlaceOf: (front) =>
    inPlace(front, { name: "nlb", controller: NLB_CONTROLLER, targets: "instance", preserves: true }),
};

function isTarget({ labels, taints, ready }: Node): boolean {
  const excluded =
    EXCLUDED_LABELS.some((label) => label in labels) ||
    labels["eks.amazonaws.com/compute-type"] === "fargate";
  const leaving = taints.some(
    ({ key, effect }) =>
      key === "ToBeDeletedByClusterAutoscaler" ||
      (key === "karpenter.sh/disrupted" && effect === "NoSchedule"),
  );
  return !excluded && !leaving && ready !== false;
}

/** What is not known yet keeps no node out, and is said. */
function isChosen({ labels }: Node, { nodeSelector }: Front): boolean {
  const selector = nodeSelector?.value;
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
