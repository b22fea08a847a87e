import { candidateName, sameCandidate, type Candidate } from "./candidate";
import type { Evaluation } from "./evaluate";
import { improvement, whyPreferred } from "./prefer";
import type { Requirements } from "./requirements";
import { percent } from "./words";

/** What became of a choice that was made before. */
export interface Pin {
  readonly candidate: Candidate;
  /** It stays while it can be taken and meets the requirements. */
  readonly kept: boolean;
  /** `Cluster is pinned and meets the requirements`. */
  readonly says: string;
  /** Another that would now be better by the margin, where it is kept. */
  readonly better?: Better;
}

export interface Better {
  readonly candidate: Candidate;
  /** By what part of the deciding number: 0.25 is a quarter less of it. */
  readonly by: number;
  readonly why: string;
  /** All of it in a sentence. */
  readonly says: string;
}

/** A pinned choice is told of a better one from this part of the deciding number on. */
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
): { readonly taken: T | undefined; readonly pin: Pin } {
  const [best] = order;
  const name = candidateName(pinned);
  const held = order.find(({ evaluation }) => sameCandidate(evaluation.candidate, pinned));
  if (!held || held.rejections.length > 0) {
    const why = held ? "no longer meets the requirements" : "can no longer be taken";
    return { taken: best, pin: { candidate: pinned, kept: false, says: `${name} was pinned and ${why}` } };
  }
  const pin: Pin = { candidate: pinned, kept: true, says: `${name} is pinned and meets the requirements` };
  const by = best && best !== held ? improvement(best.evaluation, held.evaluation, requirements) : 0;
  if (!best || by <= 0 || by < betterBy) return { taken: held, pin };
  const { candidate } = best.evaluation;
  const why = whyPreferred(best.evaluation, held.evaluation, requirements);
  const says = `${candidateName(candidate)} would now be better by ${percent(by)}: ${why}`;
  return { taken: held, pin: { ...pin, better: { candidate, by, why, says } } };
}
