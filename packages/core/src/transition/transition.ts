import type { ClientAddress, FindingResource, Knowable, Statement } from "../model";
import type { Estimate, EstimateOptions, Figure } from "../estimate";

/** What a Service can be switched to: an external traffic policy, or what the load balancer sends to. */
export const TRANSITION_GOALS = ["Cluster", "Local", "instance", "ip"] as const;
export type TransitionGoal = (typeof TRANSITION_GOALS)[number];

/** One thing to do, or one that happens of itself, and what is lost until the next. */
export interface TransitionStep {
  /** `set spec.externalTrafficPolicy to Local`. */
  readonly action: Statement;
  /** What it does, and why it has its place. */
  readonly why: readonly Statement[];
  /** Seconds until the next step; of the last one, until nothing changes any more. */
  readonly seconds: number;
  /** As if all new connections had been lost for so many seconds. */
  readonly fullLossSeconds: Figure;
  /** The highest fraction of new connections that is dropped at any moment of the step. */
  readonly dropped: Figure;
}

/** A way from the one to the other. */
export interface TransitionWay {
  readonly steps: readonly TransitionStep[];
  readonly fullLossSeconds: Figure;
  readonly dropped: Figure;
  /** Fraction of the established connections that are reset because their target turns unhealthy on the way. */
  readonly resets: Figure;
}

/** How the traffic stands at rest, before or after. */
export interface TransitionEnd {
  readonly balancer: string | null;
  readonly externalTrafficPolicy: Estimate["policy"]["externalTrafficPolicy"];
  readonly healthCheck: string | null;
  readonly clientAddress: Knowable<ClientAddress>;
  readonly dropped: Figure;
}

/** What a switch loses while health checks change, and how to do it without loss. Plain data. */
export interface Transition {
  readonly service: FindingResource;
  readonly ports: readonly number[];
  readonly to: TransitionGoal;
  readonly cluster: string;
  readonly trials: number;
  readonly seed: number;
  readonly before: TransitionEnd;
  readonly after: TransitionEnd;
  /** The change alone, with what follows from it. No steps where it is there already. */
  readonly atOnce: TransitionWay;
  /** The order that loses the least. */
  readonly inOrder: TransitionWay;
  readonly notes: readonly Statement[];
  readonly assumptions: readonly Statement[];
}

export interface TransitionOptions extends EstimateOptions {
  /** Where somebody else than a controller keeps the health check: seconds between the change of the policy and the check's. Default 60. */
  readonly gapSeconds?: number;
  /** From the deregistration of a target until nothing new is sent to it. Default 120, the least that has been seen of an NLB. */
  readonly deregistrationSeconds?: number;
}
