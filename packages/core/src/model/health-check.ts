import type { Setting } from "./setting";

export const HEALTH_CHECK_PROTOCOLS = ["TCP", "HTTP", "HTTPS"] as const;
export type HealthCheckProtocol = (typeof HEALTH_CHECK_PROTOCOLS)[number];

/** `traffic-port`: the port that the target receives traffic on. */
export type HealthCheckPort = number | "traffic-port";

/** How a load balancer decides whether a target may have traffic. Times in seconds. */
export interface HealthCheck {
  readonly protocol: Setting<HealthCheckProtocol>;
  readonly port: Setting<HealthCheckPort>;
  /** Absent for TCP. */
  readonly path?: Setting<string>;
  /** Accepted HTTP status codes, as the balancer writes them: `200-399`. Absent for TCP. */
  readonly matcher?: Setting<string>;
  readonly intervalSeconds: Setting<number>;
  readonly timeoutSeconds: Setting<number>;
  /** Checks in a row that bring a target back. */
  readonly healthyThreshold: Setting<number>;
  /** Checks in a row that take a target out. */
  readonly unhealthyThreshold: Setting<number>;
}
