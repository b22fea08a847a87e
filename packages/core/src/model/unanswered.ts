import type { FindingResource } from "./finding";
import type { Statement } from "./statement";

/** A question about one front that cannot be answered, and why: its load balancer is not modelled, a value is not known yet. */
export interface Unanswered {
  readonly answered: false;
  readonly service: FindingResource;
  readonly side: "external" | "internal";
  readonly ports: readonly number[];
  /** What is not known; at least one entry. */
  readonly unknown: readonly Statement[];
}

export function isUnanswered<T extends object>(answer: T | Unanswered): answer is Unanswered {
  return "answered" in answer && answer.answered === false;
}

export function isAnswered<T extends object>(answer: T | Unanswered): answer is T {
  return !isUnanswered(answer);
}
