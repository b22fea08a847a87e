import type { Estimate } from "../estimate";
import { findingResource, type Exposure, type Statement } from "../model";
import { candidateName, type Candidate } from "./candidate";
import type { Decision } from "./decision";
import type { Evaluation } from "./evaluate";
import { judge } from "./judge";
import { nodeCounts } from "../estimate/node-range";
import { keepPinned, type Judged } from "./pinned";
import { compare, whyPreferred } from "./prefer";
import type { Requirements } from "./requirements";
import { resultsOf } from "./results";
import { sayDecide } from "./texts";
import type { TrialSettings } from "./scenario";
import type { Fix } from "./fixes";

export interface Question {
  readonly exposure: Exposure;
  readonly side: Estimate["side"];
  readonly balancer: string | null;
  readonly ports: readonly number[];
  readonly requirements: Requirements;
  /** What was chosen before; kept while it meets the requirements. */
  readonly pinned?: Candidate;
  /** From what part of the deciding number on a better one is reported. */
  readonly betterBy?: number;
  readonly settings: TrialSettings;
  /** Why a candidate is compared and yet excluded, whatever it comes to. */
  excluded?(candidate: Candidate): Statement | undefined;
  /** What would let a rejected candidate pass. */
  fixes(rejected: Evaluation): readonly Fix[];
}

/**
 * Chooses among evaluated candidates: those that fail the fewest requirements come first; among them the preference decides, unless
 * a choice is pinned.
 */
export function choose(
  evaluations: readonly Evaluation[],
  notes: readonly Statement[],
  question: Question,
): Decision {
  const { requirements, exposure } = question;
  const judged = evaluations.map((evaluation) => ({
    evaluation,
    rejections: judge(evaluation, requirements),
  }));
  const excluded = (one: Judged): Statement | undefined => question.excluded?.(one.evaluation.candidate);
  const open = judged.filter((one) => excluded(one) === undefined);
  const order = [...open].sort(
    (a, b) => a.rejections.length - b.rejections.length || compare(a.evaluation, b.evaluation, requirements),
  );
  const [best] = order;
  if (!best) throw new Error(`no candidate for ${exposure.service.ref.name}: none was offered`);
  const held = question.pinned && keepPinned(order, question.pinned, requirements, question.betterBy);
  const first = held?.chosen ?? best;
  const ofPin = held ? [held.pin.statement, ...(held.pin.better ? [held.pin.better.statement] : [])] : [];
  const rest = order.filter((one) => one !== first);
  const passing = rest
    .filter(({ rejections }) => rejections.length === 0)
    .map(({ evaluation }) => evaluation);
  // Where something meets the requirements, a fix is only worth reporting for what would have been preferred; else for whatever it fixes.
  const isMet = first.rejections.length === 0;
  const missed = rest.filter(
    ({ evaluation, rejections }) =>
      rejections.length > 0 && (!isMet || compare(evaluation, first.evaluation, requirements) < 0),
  );
  const fixes = (isMet ? missed : [first, ...missed]).flatMap(({ evaluation }) => question.fixes(evaluation));
  const chosen = first.evaluation.candidate;
  const policy = candidateName(chosen);
  const reasonFor = (other: Evaluation): Statement => whyPreferred(first.evaluation, other, requirements);
  return {
    service: findingResource(exposure.service.ref),
    side: question.side,
    balancer: question.balancer,
    ports: question.ports,
    requirements,
    chosen,
    met: isMet,
    why: [
      ...ofPin,
      ...(isMet && passing.length === 0 && rest.length > 0 && ofPin.length === 0
        ? [sayDecide("only-policy-to-meet-requirements", { policy })]
        : []),
      sayDecide("policy-results", { policy, ...resultsOf(first.evaluation) }),
      ...withoutNode(first.evaluation),
      ...rangesOf(exposure),
      ...(ofPin.length > 0
        ? []
        : passing.map((other) =>
            sayDecide("policy-preferred", {
              policy,
              other: candidateName(other.candidate),
              reason: reasonFor(other),
            }),
          )),
      ...judged.flatMap((one) => (one.rejections.length === 0 ? (excluded(one) ?? []) : [])),
      ...notes,
    ],
    rejected: judged.flatMap(({ rejections }) => rejections),
    others: passing.map((other) => ({ candidate: other.candidate, why: reasonFor(other) })),
    ...(held ? { pin: held.pin } : {}),
    fixes: isMet ? fixes : eachChangeOnce(fixes),
    clusters: first.evaluation.estimates.map(({ cluster }) => cluster),
    trials: question.settings.trials,
    seed: question.settings.seed,
  };
}

/** One change may fix several candidates: it is reported for the first, which fails the least. */
function eachChangeOnce(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.filter(
    ({ change }, index) => fixes.findIndex((other) => sameStatement(other.change, change)) === index,
  );
}

function sameStatement(a: Statement, b: Statement): boolean {
  return a.code === b.code && a.sentence === b.sentence;
}

/** What autoscalers move, over which the choice holds. */
function rangesOf({ cluster, workloads }: Exposure): readonly Statement[] {
  const nodes = nodeCounts(cluster) ?? null;
  const replicas = workloads.flatMap(({ runs, replicas: { range } }) =>
    runs === "replicas" && range
      ? [{ min: range.min, max: range.max, by: `${range.by.kind} ${range.by.name}` }]
      : [],
  );
  return nodes || replicas.length > 0 ? [sayDecide("evaluated-over-ranges", { nodes, replicas })] : [];
}

/** Pods without a node receive nothing, so the figures are those of the others; in the scheduler's words, of the worst scenario. */
function withoutNode({ estimates }: Evaluation): readonly Statement[] {
  const [first, ...others] = estimates;
  if (!first) return [];
  const worst = others.reduce((a, b) => (b.pending.p95 > a.pending.p95 ? b : a), first);
  const { pending, pods, schedulerMessage = null, cluster } = worst;
  if (pending.p95 === 0) return [];
  const on = estimates.length > 1 ? cluster : null;
  return [sayDecide("pods-without-node", { pods, pending: pending.p95, cluster: on, schedulerMessage })];
}
