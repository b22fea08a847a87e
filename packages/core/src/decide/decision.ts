import type { OpenQuestion } from "../estimate";
import type { FindingResource } from "../model";
import type { Candidate } from "./candidate";
import type { Fix } from "./fixes";
import type { Rejection } from "./judge";
import type { Pin } from "./pinned";
import type { Requirements } from "./requirements";

/** Which policy, why, and what was weighed. Everything a person needs to agree or to disagree. */
export interface Decision {
  readonly service: FindingResource;
  readonly side: "external" | "internal";
  readonly balancer: string | null;
  readonly ports: readonly number[];
  readonly requirements: Requirements;
  readonly chosen: Candidate;
  /** False if no candidate meets every requirement; `chosen` then fails the fewest. */
  readonly met: boolean;
  /** Sentences with numbers. */
  readonly why: readonly string[];
  readonly rejected: readonly Rejection[];
  /** Candidates that meet the requirements too, with why the chosen one stands before them. */
  readonly others: readonly { readonly candidate: Candidate; readonly why: string }[];
  /** What became of the choice that was pinned, if one was. */
  readonly pin?: Pin;
  readonly fixes: readonly Fix[];
  /** How far the choice is from turning, where that was asked for. */
  readonly margin?: Margin;
  /** What the input does not say, and whether it would change the choice, where that was asked for. */
  readonly open?: readonly OpenQuestion[];
  /** Cluster shapes, and replicas where an autoscaler moves them, that the decision holds for. */
  readonly clusters: readonly string[];
  readonly trials: number;
  readonly seed: number;
}

/**
 * The nearest count of replicas at which another candidate would be chosen, or nothing meets every requirement any more, or something
 * does at last; and of nodes, where an autoscaler moves them.
 */
export interface Margin {
  /** Null where nothing nearby turns the choice, or their number says nothing (a DaemonSet). */
  readonly replicas: number | null;
  /** Replicas between here, or the end of the range, and there; where nothing turns it, how far was looked. */
  readonly away: number;
  /** What is chosen there; null where nothing turns the choice, and where nothing meets every requirement there. */
  readonly becomes: Candidate | null;
  readonly nodes?: NodeMargin;
  /** All of it. */
  readonly sentence: string;
}

/** The nearest count of nodes beyond the range at which another candidate would be chosen. */
export interface NodeMargin {
  /** Null where nothing nearby turns the choice. */
  readonly nodes: number | null;
  readonly away: number;
  readonly becomes: Candidate | null;
  readonly sentence: string;
}
