import { candidateName, sameCandidate, type Candidate } from "./candidate";
import type { Evaluation } from "./evaluate";
import { improvement, whyPreferred } from "./prefer";
import type { Statement } from "../model";
import type { Requirements } from "./requirements";
import { sayDecide } from "./texts";

/** What became of a choice that was made before. */
export interface Pin {
  readonly candidate: Candidate;
  /** It stays while it is available and meets the requirements. */
  readonly kept: boolean;
  /** `Cluster is pinned and meets the requirements`. */
  readonly statement: Statement;
  /** Another that would now be better by the margin, where it is kept. */
  readonly better?: Better;
}

export interface Better {
  readonly candidate: Candidate;
  /** By what part of the deciding number: 0.25 is a quarter less of it. */
  readonly by: number;
  readonly why: Statement;
  /** All of it in a sentence. */
  readonly statement: Statement;
}

/** A better choice than the pinned one is reported from this part of the deciding number on. */
export const DEFAULT_BETTER_BY = 0.1;

export interface Judged {
  readonly evaluation: Evaluation;
  readonly rejections: readonly unknown[];
}

/** Small changes do not flap: a pinned choice stays while it meets the requirements, and says when another is better by the margin. */
export function keepPinned<T extends Judged>(
  order: readonly T[],
  pinned: Candidate,
  requirements: Requirements,
  betterBy: number = DEFAULT_BETTER_BY,
): { readonly chosen: T | undefined; readonly pin: Pin } {
  const [best] = order;
  const policy = candidateName(pinned);
  const held = order.find(({ evaluation }) => sameCandidate(evaluation.candidate, pinned));
  if (!held || held.rejections.length > 0) {
    const statement = sayDecide(held ? "pinned-fails" : "pinned-unavailable", { policy });
    return { chosen: best, pin: { candidate: pinned, kept: false, statement } };
  }
  const pin: Pin = { candidate: pinned, kept: true, statement: sayDecide("pinned-kept", { policy }) };
  const by = best && best !== held ? improvement(best.evaluation, held.evaluation, requirements) : 0;
  if (!best || by <= 0 || by < betterBy) return { chosen: held, pin };
  const { candidate } = best.evaluation;
  const why = whyPreferred(best.evaluation, held.evaluation, requirements);
  const statement = sayDecide("better-than-pinned", { policy: candidateName(candidate), by, reason: why });
  return { chosen: held, pin: { ...pin, better: { candidate, by, why, statement } } };
}
