import type { Advice, Missing, ObjectRef, Place, Unknown } from "@evenkeel/core/model";
import type { FactId } from "../facts";

/** What one check of a rule came to. A rule yields as many as it looked at places: one per front, port or object. */
export type Outcome = Ok | NotApplicable | Violated | Undecided | NotJoined;

export interface Ok {
  readonly verdict: "ok";
}

export interface NotApplicable {
  readonly verdict: "notApplicable";
  readonly reason: string;
}

export interface Violated {
  readonly verdict: "violated";
  readonly facts: readonly FactId[];
  /** What to edit. */
  readonly at: Place;
  readonly seen: string;
  readonly wanted: string;
  /** Overrides the rule's general fix with one for this very case. */
  readonly fix?: string;
  /** YAML merge patch for the object at `at`, where one is unambiguous. */
  readonly patch?: string;
  readonly related?: readonly ObjectRef[];
  /** The consequence in numbers of this case, appended to the message. */
  readonly effect?: string;
  /** What the verdict rests on and cannot be seen; demotes the finding to advisory. */
  readonly assumption?: string;
  /** Set where it costs less than the level of the rule says. */
  readonly level?: "advisory";
}

export interface Undecided {
  readonly verdict: "unknown";
  readonly facts: readonly FactId[];
  readonly at: Place;
  readonly unknown: Unknown;
  /** What would make it known. */
  readonly how: Advice;
}

export interface NotJoined {
  readonly verdict: "notJoined";
  readonly facts: readonly FactId[];
  readonly at: Place;
  readonly missing: Missing;
}

export const ok: Ok = Object.freeze({ verdict: "ok" });

export function notApplicable(reason: string): NotApplicable {
  return { verdict: "notApplicable", reason };
}

export function violated(outcome: Omit<Violated, "verdict">): Violated {
  return { verdict: "violated", ...outcome };
}

export function undecided(outcome: Omit<Undecided, "verdict">): Undecided {
  return { verdict: "unknown", ...outcome };
}

export function notJoined(outcome: Omit<NotJoined, "verdict">): NotJoined {
  return { verdict: "notJoined", ...outcome };
}
