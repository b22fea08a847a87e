import type {
  ClientAddress,
  FindingResource,
  Knowable,
  Statement,
  TrafficDistribution,
  TrafficPolicy,
} from "../model";
import type { Figure } from "./figure";
import type { OpenQuestion } from "./open-questions";
import type { Reuse } from "./reuse";

/** What one pod, or each pod of one node, receives of all new connections. */
export interface Share {
  readonly node: string;
  readonly zone?: string;
  /** Name of the pod, for observed endpoints. */
  readonly pod?: string;
  /** Pods that this entry stands for; each of them receives `share`. */
  readonly pods: number;
  readonly share: number;
}

/** Of all pods; a name of its own, which the schema of the report then uses. */
export type Shares = readonly Share[];

/**
 * What a Service's traffic comes to. A figure that depends on something that is not known is unknown itself. Fractions are of new connections; figures are over the placement trials.
 * The terms are those of `docs/numbers.md`.
 */
export interface Estimate {
  readonly service: FindingResource;
  readonly side: "external" | "internal";
  /** `nlb-instance`, or null where no load balancer is known. */
  readonly balancer: string | null;
  /** Ports of the Service that this estimate stands for. */
  readonly ports: readonly number[];
  readonly policy: {
    readonly externalTrafficPolicy: TrafficPolicy | null;
    readonly internalTrafficPolicy: TrafficPolicy;
    readonly trafficDistribution: TrafficDistribution | null;
  };
  /** From endpoints seen in a cluster, or from predicted placements. */
  readonly basis: "observed" | "predicted";
  readonly cluster: string;
  readonly trials: number;
  readonly seed: number;
  /** Pods that serve; `pending` of them could not be placed in some trial. */
  readonly pods: Knowable<number>;
  readonly pending: Knowable<Figure>;
  /** Why the first of them has no node, in the scheduler's words: `0/10 nodes are available: 10 Insufficient cpu.` */
  readonly schedulerMessage?: string;
  /** Absent without pods, or when all is dropped. */
  readonly hottest?: Knowable<Figure>;
  /** 1 / hottest. */
  readonly usableCapacity?: Knowable<Figure>;
  readonly nodesServing: Knowable<Figure>;
  /** Targets that pass the balancer's check, of `targets` registered ones. Absent on the internal side. */
  readonly targetsHealthy?: Knowable<Figure>;
  readonly targets?: Knowable<Figure>;
  readonly dropped: Knowable<Figure>;
  readonly crossNode: Knowable<Figure>;
  readonly crossZone: Knowable<Figure>;
  readonly clientAddress: Knowable<ClientAddress>;
  readonly detectionSeconds?: number;
  readonly lossSeconds?: number;
  /** What few connections that stay open come to, where their number is given. */
  readonly reuse?: Reuse;
  /** The endpoints as observed, or one placement in the middle of the trials. */
  readonly shares: Knowable<Shares>;
  readonly assumptions: readonly Statement[];
  /** What is not known of the load balancer or the pods, and so leaves figures unknown; empty where every figure is known. */
  readonly unknown: readonly Statement[];
  /** What the input does not specify, and whether it would change the hottest pod; where that was asked for. */
  readonly openQuestions?: readonly OpenQuestion[];
}

export interface EstimateOptions {
  /** Placements to try. Default 200. */
  readonly trials?: number;
  /** The same seed gives the same answer to the bit. Default 1. */
  readonly seed?: number;
  /** Connections that stay open, each with as many requests as any other: then `reuse` says what they come to. */
  readonly connections?: number;
}

export const DEFAULT_TRIALS = 200;
export const DEFAULT_SEED = 1;
