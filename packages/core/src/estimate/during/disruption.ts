import type { DisruptionBudget, Statement } from "../../model";
import type { ClusterEvent, Timing } from "../../placement";
import type { Estimate, EstimateOptions } from "../estimate";
import type { Figure } from "../figure";

/** What the traffic comes to from one moment until the next; the terms of `docs/numbers.md`. */
export interface Moment {
  /** Seconds since the first event began; the state at rest before it has -1. */
  readonly at: number;
  /** Ready endpoints. */
  readonly ready: number;
  readonly nodesServing: number;
  readonly pending: number;
  readonly dropped: number;
  /** Absent without pods, or when all is dropped. */
  readonly hottest?: number;
}

/** The state at rest when all that the events set in motion is over. */
export interface Afterwards {
  readonly hottest?: Figure;
  readonly nodesServing: Figure;
  readonly pending: Figure;
  readonly dropped: Figure;
}

/**
 * What a Service's traffic comes to while something happens to its pods or nodes, the balancer's delay included. Peaks are over the
 * whole course, from the state at rest before the first event to the one after the last. The terms are those of `docs/numbers.md`.
 */
export interface Disruption extends Pick<
  Estimate,
  "service" | "side" | "balancer" | "ports" | "policy" | "cluster" | "trials" | "seed" | "assumptions"
> {
  /** What happens, in order: `rollout`, `drain node-3`. */
  readonly events: readonly Statement[];
  /** Pods that are ready before the first event, in the trial with the most. */
  readonly pods: number;
  /** The highest at any moment. */
  readonly hottest?: Figure;
  /** The most that one pod receives at any moment, as a multiple of its fair share with all the pods before the first event. */
  readonly peakLoad?: Figure;
  /** The fewest at any moment. */
  readonly nodesServing: Figure;
  /** The most at any moment. */
  readonly pending: Figure;
  /** The highest at any moment. */
  readonly dropped: Figure;
  /** Dropped fractions added up over time: as if all new connections had been lost for so many seconds. */
  readonly fullLossSeconds: Figure;
  /** Seconds during which some are dropped. */
  readonly droppingSeconds: Figure;
  /** Seconds from the first event until nothing changes any more. */
  readonly settledSeconds: Figure;
  readonly afterwards: Afterwards;
  /** Why the first pod without a node has none, in the scheduler's words. */
  readonly schedulerMessage?: string;
  /** One trial, the one in the middle by what it loses. */
  readonly course: readonly Moment[];
}

/** Seconds that decide how long things take; what is not said is as `Timing` has it, or read from the workload. */
export interface DuringTiming extends Partial<Timing> {
  /** How long a terminating pod still answers. Default: its `preStop` sleep, see `servesWhileTerminating`. */
  readonly servingSeconds?: number;
  /** From a pod's deregistration until the balancer stops sending to it. Default 120, the least that has been seen of an NLB. */
  readonly deregistrationSeconds?: number;
}

/** So many nodes more, like those that there are. */
export interface MoreNodes {
  readonly kind: "addNodes";
  readonly count: number;
  readonly at?: number;
}

export interface DuringOptions extends EstimateOptions {
  /** What happens, in order, to every workload behind the Service and to the cluster. None: the state at rest. */
  readonly events: readonly (ClusterEvent | MoreNodes)[];
  /** Only this side; both without it. */
  readonly side?: Estimate["side"];
  readonly timing?: DuringTiming;
  /** What drains keep to. Default: the workload's own. */
  readonly budget?: DisruptionBudget;
}
