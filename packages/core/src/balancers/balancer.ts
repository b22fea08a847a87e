import type {
  ClientAddress,
  Front,
  Knowable,
  Labels,
  Node,
  Published,
  Service,
  Statement,
  TargetKind,
  Workload,
} from "../model";
import type { CheckAnswer } from "./checks/check-answer";
import type { HealthCheckWish } from "./checks/health-check-wish";
import type { Timing } from "./timing";
import type { Instructions } from "./instructions";
import type { Laws } from "./laws";

/**
 * What a load balancer does with a connection, as far as it decides who receives it: one record a load balancer and kind of target.
 * Estimates, decisions, rules, components and docs ask here; nobody outside this folder names a load balancer.
 */
export interface Balancer {
  /** `nlb-instance`: how programs name it. */
  readonly kind: string;
  /** `AWS NLB with instance targets`: what people call it. */
  readonly title: string;
  /** The value of `Front.balancer`. */
  readonly name: string;
  /** What it sends to; the value of `Front.targets` says which, where it has several. */
  readonly targets: readonly TargetKind[];

  /**
   * The nodes that are targets. Asked about all nodes together, since whether one is a target can depend on the others. Without a
   * meaning for pod targets.
   */
  registers(nodes: readonly Node[], front: Front, service: Service): Registration;
  /** How new connections spread over targets; prepared once for a front and a cluster, then asked once per placement. */
  weigh(targets: readonly Target[], front: Front, service: Service): Weigh;

  /** Set where all connections enter by one node: under Local only its pods receive. */
  readonly entersOneNode?: boolean;
  /** Set where the number of pods on a node decides how much the node gets. */
  readonly weighsByPods?: boolean;

  /**
   * What the health check must be, and what it is best set to; undefined where it checks nothing and learns otherwise who serves. The
   * front says which port it is for; without one it is for any of them.
   */
  healthCheckFor(service: Service, front?: Front): HealthCheckWish | undefined;
  /** Whether the front's health check can pass, and on which targets; the workloads say which ports the pods have. */
  check(front: Front, service: Service, workloads: readonly Workload[]): CheckAnswer;
  /**
   * What happens while no target is healthy: connections go to every registered target, or to none. Where that is not known, figures
   * that depend on it are not known either.
   */
  readonly withoutHealthyTargets: "sendsToAll" | "refuses" | "unknown";

  /** How fast it follows what happens to its targets. */
  timing(front: Front): Timing;
  /** Seconds for which clients still connect to a zone that has lost its last healthy target; 0 where zones make no difference. */
  emptyZoneSeconds(front: Front): number;
  /** Whether established connections are reset when their target becomes unhealthy. */
  resetsUnhealthy(front: Front): boolean;
  /** Prefix of the readiness gates that hold a pod back until its target is healthy, where a controller sets such conditions. */
  readonly readinessGate?: string;

  /** What the pod sees as the client's address. */
  clientAddress(front: Front, service: Service): Knowable<ClientAddress>;
  /** What its controller writes into the Service's status. */
  publishes(front: Front): Published;
  /** What packets to a node are addressed to: a node port, or still the load balancer's own address and port. */
  deliversTo(front: Front): "nodePort" | "loadBalancerAddress";

  /** The front that this load balancer would be in place of another, with everything kept that both have (`in-place.ts`). */
  inPlaceOf(front: Front): Front;

  /** What the laws that hold for every load balancer rest on here, and how a violation is fixed here. */
  readonly laws: Laws;
  /** How its settings are changed; the general words if left out. */
  readonly instructions?: Instructions;
}

/** A load balancer that always checks its targets. */
export interface CheckingBalancer extends Balancer {
  healthCheckFor(service: Service): HealthCheckWish;
}

/** The nodes that a load balancer has as targets. */
export interface Registration {
  /** Indices into the nodes asked about. */
  readonly nodes: readonly number[];
  /**
   * Set where, among these, only nodes with an endpoint are targets: one that is ready (`ready`), or one that still serves while it
   * terminates as well (`serving`).
   */
  readonly onlyWithEndpoint?: "ready" | "serving";
  readonly assumptions: readonly Statement[];
}

/** Something that a load balancer sends connections to: a node, or the pods of one node or address. */
export interface Target {
  /** Name of the node. */
  readonly node?: string;
  readonly zone?: string;
  /** Address of the node or, of a pod that was observed, of the pod. */
  readonly address?: string;
  /** Labels of the node. */
  readonly labels?: Labels;
}

/**
 * How new connections spread over the targets at the indices `entered`, in one placement. `pods[t]` is the number of pods on target t.
 * With pods as targets, a target stands for all pods on it.
 */
export type Weigh = (entered: readonly number[], pods: readonly number[]) => readonly Draw[];

/** One of the ways a load balancer may spread connections; where chance has no part there is one, with probability 1. */
export interface Draw {
  readonly probability: number;
  /** Fraction of new connections by target; 0 for a target that was not asked about. Sums to 1, or to 0 without any target. */
  readonly fractions: readonly number[];
}
