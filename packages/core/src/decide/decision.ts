import type { OpenQuestion } from "../estimate";
import type { FindingResource, Statement } from "../model";
import type { Candidate } from "./candidate";
import type { Fix } from "./fixes";
import type { Rejection } from "./judge";
import type { Pin } from "./pinned";
import type { Requirements } from "./requirements";

/** Which policy, why, and what was compared. Everything a person needs to agree or to disagree. */
export interface Decision {
  readonly service: FindingResource;
  readonly side: "external" | "internal";
  readonly balancer: string | null;
  readonly ports: readonly number[];
  readonly requirements: Requirements;
  readonly chosen: Candidate;
  /** False if no candidate meets every requirement; `chosen` then fails the fewest. */
  readonly met: boolean;
  readonly why: readonly Statement[];
  readonly rejected: readonly Rejection[];
  /** Candidates that meet the requirements too, with why the chosen one is preferred. */
  readonly others: readonly { readonly candidate: Candidate; readonly why: Statement }[];
  /** What became of the choice that was pinned, if one was. */
  readonly pin?: Pin;
  readonly fixes: readonly Fix[];
  /** How close the choice is to changing, where that was asked for. */
  readonly margin?: Margin;
  /** What the input does not specify, and whether it would change the choice, where that was asked for. */
  readonly openQuestions?: readonly OpenQuestion[];
  /** Cluster shapes, and replicas where an autoscaler moves them, that the decision holds for. */
  readonly clusters: readonly string[];
  readonly trials: number;
  readonly seed: number;
}

/** How close a choice is to changing, in replicas, and in nodes where an autoscaler moves them. At least one of them is there. */
export interface Margin {
  /** Absent where the number of replicas has no meaning (a DaemonSet) or is not known. */
  readonly replicas?: CountMargin;
  readonly nodes?: CountMargin;
}

/** The nearest count at which another candidate is chosen, or nothing meets every requirement any more, or something does at last. */
export interface CountMargin {
  /** Null where nothing nearby changes the choice. */
  readonly at: number | null;
  /** Steps between the count, or the end of its range, and there; where nothing changes the choice, how many were evaluated. */
  readonly away: number;
  /** What is chosen there; null where nothing changes the choice, and where nothing meets every requirement there. */
  readonly becomes: Candidate | null;
  readonly statement: Statement;
}
