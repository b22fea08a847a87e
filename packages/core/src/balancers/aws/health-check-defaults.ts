import { isUnknown, unknownAt, type HealthCheckProtocol, type Knowable } from "../../model";

/**
 * Seconds that AWS waits for an answer where nobody says otherwise: 6 over HTTP, 10 over TCP and HTTPS (API reference of Elastic
 * Load Balancing v2, CreateTargetGroup, for target groups of network load balancers).
 */
export function awsTimeout(protocol: Knowable<HealthCheckProtocol>, path: string): Knowable<number> {
  if (isUnknown(protocol)) return unknownAt(path, protocol.origin);
  return protocol === "HTTP" ? 6 : 10;
}

/** What fills in a health check that was written in part, or not at all. */
export interface HealthCheckDefaults {
  readonly protocol: HealthCheckProtocol;
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** AWS itself, where no health check is given: TCP, five passes and two failures (CreateTargetGroup). */
export const AWS_HEALTH_CHECK: HealthCheckDefaults = Object.freeze({
  protocol: "TCP",
  intervalSeconds: 30,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
});

/**
 * The Pulumi and Terraform provider, where a health check is given that lacks the field: HTTP, also for a target group that speaks
 * TCP, and three both ways (terraform-provider-aws `internal/service/elbv2/target_group.go`).
 */
export const PROVIDER_HEALTH_CHECK: HealthCheckDefaults = Object.freeze({
  protocol: "HTTP",
  intervalSeconds: 30,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
});

/** Path and status codes over HTTP and HTTPS where nobody says otherwise. */
export const AWS_HTTP_PATH = "/";
export const AWS_HTTP_MATCHER = "200-399";
