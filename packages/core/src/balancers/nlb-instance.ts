import { isUnknown, type Node, type Service } from "../model";
import type { Balancer, HealthCheckWish } from "./balancer";
import { nlbWeights, TCP_ON_TRAFFIC_PORT } from "./nlb";

/** Path that everybody uses on the health-check node port; kube-proxy answers the same on any path. */
export const HEALTH_CHECK_PATH = "/healthz";

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
  publishes: "hostname",
  failsOpen: true,
  registers(node: Node): boolean {
    const excluded =
      EXCLUDED_LABELS.some((label) => label in node.labels) ||
      node.labels["eks.amazonaws.com/compute-type"] === "fargate";
    const leaving = node.taints.some(
      ({ key, effect }) =>
        key === "ToBeDeletedByClusterAutoscaler" ||
        (key === "karpenter.sh/disrupted" && effect === "NoSchedule"),
    );
    return !excluded && !leaving && node.ready !== false;
  },
  weights: ({ zones }, front) => nlbWeights(zones, front),
  healthCheckFor: instanceHealthCheck,
};

/**
 * Under Local only the health-check node port knows whether this node has a ready endpoint and a healthy kube-proxy, and only its
 * HTTP status says so: the port is open on every node. Under Cluster nobody listens there.
 * Kubernetes `pkg/proxy/healthcheck/service_health.go`; timings as AWS Load Balancer Controller sets them for each case.
 */
function instanceHealthCheck(service: Service): HealthCheckWish {
  const policy = service.externalTrafficPolicy;
  if (policy !== undefined && !isUnknown(policy) && policy === "Local") {
    const port = service.healthCheckNodePort;
    return {
      required: {
        protocols: ["HTTP"],
        port: port === undefined ? undefined : { name: "healthCheckNodePort", value: port },
        closedPorts: [],
      },
      recommended: {
        protocol: "HTTP",
        port: port ?? "traffic-port",
        path: HEALTH_CHECK_PATH,
        matcher: "200-399",
        intervalSeconds: 10,
        timeoutSeconds: 6,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    };
  }
  const closed = service.healthCheckNodePort;
  return {
    required: { closedPorts: closed === undefined ? [] : [{ name: "healthCheckNodePort", value: closed }] },
    recommended: TCP_ON_TRAFFIC_PORT,
  };
}
