import type { KnownEstimate } from "../estimate";
import { candidateName } from "./candidate";
import type { Evaluation } from "./evaluate";
import type { Requirements } from "./requirements";
import { percent, ratio, shownPart, shownRatio } from "./words";

/** One thing by which passing candidates are compared, most important first; as people are shown it. */
interface Criterion {
  /** Smaller is better. */
  readonly of: (evaluation: Evaluation) => number;
  readonly say: (better: Evaluation, other: Evaluation, name: (one: Evaluation) => string) => string;
}

const mean = (estimates: readonly KnownEstimate[], of: (estimate: KnownEstimate) => number): number =>
  estimates.length === 0 ? 0 : estimates.reduce((sum, estimate) => sum + of(estimate), 0) / estimates.length;

const part = ({ estimates }: Evaluation, of: (estimate: KnownEstimate) => number): number =>
  shownPart(mean(estimates, of));

const dropped = (one: Evaluation): number => part(one, (estimate) => estimate.dropped.mean);
const hidden = (one: Evaluation): number =>
  part(one, ({ clientAddress }) => (clientAddress.sees === "client" ? 0 : 1));
const crossZone = (one: Evaluation): number => part(one, (estimate) => estimate.crossZone.mean);
const crossNode = (one: Evaluation): number => part(one, (estimate) => estimate.crossNode.mean);
const heat = ({ estimates }: Evaluation): number =>
  shownRatio(mean(estimates, (estimate) => estimate.hottest?.p95 ?? Infinity));

/** Where nothing else does; no improvement by itself. */
const PLAIN: Criterion = {
  of: ({ candidate }) => (candidateName(candidate) === "Cluster" ? 0 : 1),
  say: () => "nothing sets them apart, and Cluster is the plain choice",
};

/** At rest alike; but under Local a node drops what still arrives when its pod has gone. No improvement by a number either. */
const FALLS_BACK: Criterion = {
  of: ({ candidate }) =>
    candidate.internalTrafficPolicy === undefined && candidate.externalTrafficPolicy === "Local" ? 1 : 0,
  say: () => "at rest nothing sets them apart, and a node that loses its pod still serves",
};

function criteria({ clientAddress }: Requirements): readonly Criterion[] {
  const wishes: readonly Criterion[] = [
    {
      of: dropped,
      say: (a, b, name) =>
        `it drops ${percent(dropped(a))} of new connections, ${name(b)} ${percent(dropped(b))}`,
    },
    { of: hidden, say: (_, b, name) => `the pods see the client's address, which ${name(b)} hides` },
    {
      of: crossZone,
      say: (a, b, name) =>
        `${percent(crossZone(a))} of connections cross a zone, with ${name(b)} ${percent(crossZone(b))}`,
    },
    {
      of: crossNode,
      say: (a, b, name) =>
        `${percent(crossNode(a))} of connections take an extra hop, with ${name(b)} ${percent(crossNode(b))}`,
    },
    {
      of: heat,
      say: (a, b, name) =>
        `the hottest pod gets ${ratio(heat(a))} times its fair part, with ${name(b)} ${ratio(heat(b))}`,
    },
    PLAIN,
    FALLS_BACK,
  ];
  return clientAddress === "ignored" ? wishes.filter(({ of }) => of !== hidden) : wishes;
}

const name = ({ candidate }: Evaluation): string => candidateName(candidate);

/** Of floating point. */
const WITHIN = 1e-9;

/** Negative if `a` is to be preferred. */
export function compare(a: Evaluation, b: Evaluation, requirements: Requirements): number {
  return deciding(a, b, requirements)?.difference ?? 0;
}

/** Why `better` stands before `other`, in a sentence with the number that decides; `names` stand for the two where their policies are alike. */
export function whyPreferred(
  better: Evaluation,
  other: Evaluation,
  requirements: Requirements,
  names?: readonly [string, string],
): string {
  const criterion = deciding(better, other, requirements)?.criterion;
  const named = (one: Evaluation): string => (names ? (one === better ? names[0] : names[1]) : name(one));
  return criterion ? criterion.say(better, other, named) : "nothing sets them apart";
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
    if (Math.abs(difference) > WITHIN) return { criterion, difference };
  }
  return undefined;
}
