import type { HealthCheckPort, HealthCheckProtocol, Knowable } from "../../model";

/** The required part is the law that rules enforce; the recommended part is what components write. */
export interface HealthCheckWish {
  readonly required: RequiredHealthCheck;
  readonly recommended: RecommendedHealthCheck;
}

export interface RequiredHealthCheck {
  /** Protocols that can see what they must see; absent: any. */
  readonly protocols?: readonly HealthCheckProtocol[];
  /** The port that has the answer; absent: any that is not in `closedPorts`. */
  readonly port?: { readonly name: string; readonly value: Knowable<number> };
  /** Ports on which nobody listens, with the name people know them by. */
  readonly closedPorts: readonly { readonly name: string; readonly value: Knowable<number> }[];
}

export interface RecommendedHealthCheck {
  readonly protocol: HealthCheckProtocol;
  readonly port: Knowable<HealthCheckPort>;
  readonly path?: string;
  readonly matcher?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Set where checks need no header, whatever the traffic has. */
  readonly proxyProtocol?: "off";
}
