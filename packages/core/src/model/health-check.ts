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
  /** Seconds between checks once one has failed, where the balancer then asks more often (HAProxy's `fastinter`). */
  readonly fastIntervalSeconds?: Setting<number>;
  /** The PROXY protocol header before the check itself; absent where checks have what the traffic has. */
  readonly proxyProtocol?: Setting<"off" | "v1" | "v2">;
}

/**
 * Whether a matcher (`200-399`, `200,302`, `100-502,504-999`) takes an HTTP status for a pass; undefined where it is not written
 * that way.
 */
export function acceptsStatus(matcher: string, status: number): boolean | undefined {
  const ranges = matcher.split(",").map((part) => /^\s*(\d{3})(?:-(\d{3}))?\s*$/.exec(part));
  if (ranges.some((range) => range === null)) return undefined;
  return ranges.some((range) => {
    const [, first, last = first] = range ?? [];
    return Number(first) <= status && status <= Number(last);
  });
}
