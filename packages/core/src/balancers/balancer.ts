import type { Front, HealthCheckPort, HealthCheckProtocol, Knowable, Node, Service } from "../model";

/**
 * What a load balancer does, as far as it decides who receives a connection. One object a balancer and target kind; everything
 * that rests on the balancer (estimate, rules, components, docs) asks here.
 */
export interface Balancer {
  /** `nlb-instance`: the name of the file, and what messages for programs call it. */
  readonly kind: string;
  /** `AWS NLB with instance targets`: what people call it. */
  readonly title: string;
  /** What the health check must be, and what it is best set to. */
  healthCheckFor(service: Service): HealthCheckWish;
  /** Whether the balancer registers this node as a target at all, whatever its health. Unused for pod targets. */
  registers(node: Node, front?: Front): boolean;
  /**
   * How new connections spread over the healthy targets. A weight a target, in the order given, summing to 1;
   * `zones[i]` is the zone of target i, or undefined, and `nodes[i]` its name where the targets are nodes,
   * `addresses[i]` its address where they are pods that are seen.
   */
  weights(targets: Targets, front: Front): readonly number[];
  /** The front that this balancer would be where another stands, everything kept that both have (`in-place.ts`). */
  inPlaceOf(front: Front): Front;
  /** What its controller writes into the Service's status: kube-proxy owns an address, and knows nothing of a hostname. */
  readonly publishes: "address" | "hostname";
  /** Seconds for which clients still go to a zone that has nothing left to send to. Absent: zones make no difference. */
  emptyZoneSeconds?(front: Front): number;
  /** True if the balancer sends to every registered target when none is healthy. */
  readonly failsOpen: boolean;
  /** True if a target that nothing checks counts as healthy. Absent: without a check the balancer learns otherwise who serves. */
  readonly trustsUnchecked?: boolean;
}

export interface Targets {
  readonly zones: readonly (string | undefined)[];
  readonly nodes?: readonly string[];
  readonly addresses?: readonly string[];
}

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
