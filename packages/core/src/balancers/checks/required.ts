import { isUnknown, type Service } from "../../model";
import type { RequiredHealthCheck } from "./health-check-wish";

/** Path that everybody uses on the health-check node port; kube-proxy answers the same on any path. */
export const HEALTH_CHECK_PATH = "/healthz";

export function isLocal({ externalTrafficPolicy: policy }: Service): boolean {
  return policy !== undefined && !isUnknown(policy) && policy === "Local";
}

/**
 * What the check of nodes must be, whoever checks them. Under Local only the health-check node port knows whether this node has a
 * ready endpoint and a healthy kube-proxy, and only its HTTP status says so: the port is open on every node. Under Cluster nobody
 * listens there. Kubernetes `pkg/proxy/healthcheck/service_health.go`.
 */
export function requiredOfNodes(service: Service): RequiredHealthCheck {
  const port = service.healthCheckNodePort;
  const named = port === undefined ? undefined : { name: "healthCheckNodePort", value: port };
  return isLocal(service)
    ? { protocols: ["HTTP"], port: named, closedPorts: [] }
    : { closedPorts: named ? [named] : [] };
}
