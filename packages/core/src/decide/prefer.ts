import { TOLERANCE, type KnownEstimate } from "../estimate";
import { asPercentShows, asRatioShows, type Statement } from "../model";
import { candidateName } from "./candidate";
import type { Evaluation } from "./evaluate";
import type { Requirements } from "./requirements";
import { sayDecide } from "./texts";

/** One thing by which passing candidates are compared, most important first; as precise as people are shown it. */
interface Criterion {
  /** Smaller is better. */
  readonly of: (evaluation: Evaluation) => number;
  readonly say: (better: Evaluation, other: Evaluation, otherName: string) => Statement;
}

const mean = (estimates: readonly KnownEstimate[], of: (estimate: KnownEstimate) => number): number =>
  estimates.length === 0 ? 0 : estimates.reduce((sum, estimate) => sum + of(estimate), 0) / estimates.length;

const part = ({ estimates }: Evaluation, of: (estimate: KnownEstimate) => number): number =>
  asPercentShows(mean(estimates, of));

const dropped = (one: Evaluation): number => part(one, (estimate) => estimate.dropped.mean);
const hidden = (one: Evaluation): number =>
  part(one, ({ clientAddress }) => (clientAddress.sees === "client" ? 0 : 1));
const crossZone = (one: Evaluation): number => part(one, (estimate) => estimate.crossZone.mean);
const crossNode = (one: Evaluation): number => part(one, (estimate) => estimate.crossNode.mean);
const heat = ({ estimates }: Evaluation): number =>
  asRatioShows(mean(estimates, (estimate) => estimate.hottest?.p95 ?? Infinity));

/** Where nothing else does; no improvement by itself. */
const PLAIN: Criterion = {
  of: ({ candidate }) => (candidateName(candidate) === "Cluster" ? 0 : 1),
  say: () => sayDecide("simpler-policy"),
};

/** At rest alike; but under Local a node drops what still arrives when its pod has gone. No improvement by a number either. */
const FALLS_BACK: Criterion = {
  of: ({ candidate }) =>
    candidate.internalTrafficPolicy === undefined && candidate.externalTrafficPolicy === "Local" ? 1 : 0,
  say: () => sayDecide("serves-after-pod-loss"),
};

function byFigure(
  of: Criterion["of"],
  code: "fewer-drops" | "fewer-zone-crossings" | "fewer-extra-hops" | "cooler-hottest-pod",
): Criterion {
  return { of, say: (a, b, otherName) => sayDecide(code, { better: of(a), other: of(b), otherName }) };
}

function criteria({ clientAddress }: Requirements): readonly Criterion[] {
  const wishes: readonly Criterion[] = [
    byFigure(dropped, "fewer-drops"),
    { of: hidden, say: (_, __, otherName) => sayDecide("shows-client-address", { otherName }) },
    byFigure(crossZone, "fewer-zone-crossings"),
    byFigure(crossNode, "fewer-extra-hops"),
    byFigure(heat, "cooler-hottest-pod"),
    PLAIN,
    FALLS_BACK,
  ];
  return clientAddress === "ignored" ? wishes.filter(({ of }) => of !== hidden) : wishes;
}

/** Negative if `a` is to be preferred. */
export function compare(a: Evaluation, b: Evaluation, requirements: Requirements): number {
  return deciding(a, b, requirements)?.difference ?? 0;
}

/** Why `better` is preferred to `other`, with the number that decides; `otherName` where their policies are alike. */
export function whyPreferred(
  better: Evaluation,
  other: Evaluation,
  requirements: Requirements,
  otherName = candidateName(other.candidate),
): Statement {
  const criterion = deciding(better, other, requirements)?.criterion;
  return criterion ? criterion.say(better, other, otherName) : sayDecide("no-difference");
}

/** By what part of the deciding number `better` improves on `other`; 0 if it does not. */
export function improvement(better: Evaluation, other: Evaluation, requirements: Requirements): number {
  const decided = deciding(better, other, requirements);
  if (!decided || decided.difference >= 0 || isTie(decided.criterion)) return 0;
  const of = decided.criterion.of(other);
  return of === 0 ? 0 : Math.min(1, -decided.difference / Math.abs(of));
}

const isTie = (criterion: Criterion): boolean => criterion === PLAIN || criterion === FALLS_BACK;

function deciding(
  a: Evaluation,
  b: Evaluation,
  requirements: Requirements,
): { criterion: Criterion; difference: number } | undefined {
  for (const criterion of criteria(requirements)) {
    const difference = criterion.of(a) - criterion.of(b);
    if (Math.abs(difference) > TOLERANCE) return { criterion, difference };
  }
  return undefined;
}
