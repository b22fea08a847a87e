import type { Estimate } from "../estimate";
import { findingResource, type Exposure } from "../model";
import { candidateName, type Candidate } from "./candidate";
import type { Decision } from "./decision";
import type { Evaluation } from "./evaluate";
import { judge } from "./judge";
import { nodeCounts } from "../estimate/node-range";
import { keepPinned, type Judged } from "./pinned";
import { compare, whyPreferred } from "./prefer";
import type { Requirements } from "./requirements";
import { percent, ratio } from "./words";
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
  /** From what part of the deciding number on a better one is told of. */
  readonly betterBy?: number;
  readonly settings: TrialSettings;
  /** Why a candidate is weighed and yet not taken, whatever it comes to. */
  barred?(candidate: Candidate): string | undefined;
  /** What would let a rejected candidate pass. */
  fixes(rejected: Evaluation): readonly Fix[];
}

/**
 * Chooses among evaluated candidates: those that fail the fewest requirements come first; among them the preference decides, unless
 * a choice is pinned.
 */
export function choose(
  evaluations: readonly Evaluation[],
  notes: readonly string[],
  question: Question,
): Decision {
  const { requirements, exposure } = question;
  const judged = evaluations.map((evaluation) => ({
    evaluation,
    rejections: judge(evaluation, requirements),
  }));
  const barred = (one: Judged): string | undefined => question.barred?.(one.evaluation.candidate);
  const open = judged.filter((one) => barred(one) === undefined);
  const order = [...open].sort(
    (a, b) => a.rejections.length - b.rejections.length || compare(a.evaluation, b.evaluation, requirements),
  );
  const [best] = order;
  if (!best) throw new Error(`no candidate for ${exposure.service.ref.name}: none was offered`);
  const held = question.pinned && keepPinned(order, question.pinned, requirements, question.betterBy);
  const taken = held?.taken ?? best;
  const remark = held ? [held.pin.says, ...(held.pin.better ? [held.pin.better.says] : [])] : [];
  const rest = order.filter((one) => one !== taken);
  const passing = rest
    .filter(({ rejections }) => rejections.length === 0)
    .map(({ evaluation }) => evaluation);
  // Where something meets the requirements, a fix is only worth telling for what would have been preferred; else for whatever is mended.
  const isMet = taken.rejections.length === 0;
  const missed = rest.filter(
    ({ evaluation, rejections }) =>
      rejections.length > 0 && (!isMet || compare(evaluation, taken.evaluation, requirements) < 0),
  );
  const fixes = (isMet ? missed : [taken, ...missed]).flatMap(({ evaluation }) => question.fixes(evaluation));
  const chosen = taken.evaluation.candidate;
  const before = (other: Evaluation): string => whyPreferred(taken.evaluation, other, requirements);
  return {
    service: findingResource(exposure.service.ref),
    side: question.side,
    balancer: question.balancer,
    ports: question.ports,
    requirements,
    chosen,
    met: isMet,
    why: [
      ...remark,
      ...(isMet && passing.length === 0 && rest.length > 0 && remark.length === 0
        ? [`${candidateName(chosen)} alone meets every requirement`]
        : []),
      `${candidateName(chosen)}: ${whatItComesTo(taken.evaluation)}`,
      ...withoutNode(taken.evaluation),
      ...rangesHeld(exposure),
      ...(remark.length > 0
        ? []
        : passing.map(
            (other) => `${candidateName(chosen)} before ${candidateName(other.candidate)}: ${before(other)}`,
          )),
      ...judged.flatMap((one) => {
        const why = one.rejections.length === 0 ? barred(one) : undefined;
        return why === undefined ? [] : [`${candidateName(one.evaluation.candidate)} is left out: ${why}`];
      }),
      ...notes,
    ],
    rejected: judged.flatMap(({ rejections }) => rejections),
    others: passing.map((other) => ({ candidate: other.candidate, why: before(other) })),
    ...(held ? { pin: held.pin } : {}),
    fixes: isMet ? fixes : eachChangeOnce(fixes),
    clusters: taken.evaluation.estimates.map(({ cluster }) => cluster),
    trials: question.settings.trials,
    seed: question.settings.seed,
  };
}

/** One change may mend several candidates: it is told for the first, which fails the least. */
function eachChangeOnce(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.filter(({ change }, index) => fixes.findIndex((other) => other.change === change) === index);
}

/** What autoscalers move, over which the choice holds. */
function rangesHeld({ cluster, workloads }: Exposure): readonly string[] {
  const nodes = nodeCounts(cluster);
  const ranges = workloads.flatMap(({ runs, replicas }) =>
    runs === "replicas" ? (replicas.range ?? []) : [],
  );
  const told = [
    ...(nodes ? [`from ${nodes.min} to ${nodes.max} nodes`] : []),
    ...ranges.map(({ min, max, by }) => `from ${min} to ${max} replicas (${by.kind} ${by.name})`),
  ];
  return told.length > 0
    ? [`weighed ${told.join(" and ")}: at the ends, and where pods are hottest between them`]
    : [];
}

/** Pods that no node takes receive nothing, so whatever is said is said of the others; in the scheduler's words, of the worst scenario. */
function withoutNode({ estimates }: Evaluation): readonly string[] {
  const worst = estimates.reduce((a, b) => (b.pending.p95 > a.pending.p95 ? b : a));
  const { pending, pods, why, cluster } = worst;
  if (pending.p95 === 0) return [];
  const on = estimates.length > 1 ? ` on ${cluster}` : "";
  const all = pods === 1 ? "the only pod has" : `all ${pods} pods have`;
  const some = `${pending.p95} of ${pods} pods ${pending.p95 === 1 ? "has" : "have"}`;
  const count = pending.p95 === pods ? all : some;
  return [`${count} no node (95th percentile${on})${why === undefined ? "" : `: ${why}`}`];
}

/** What a candidate comes to in numbers, the worst of the scenarios. */
export function whatItComesTo({ estimates }: Pick<Evaluation, "estimates">): string {
  const heats = estimates.flatMap(({ hottest }) => hottest?.p95 ?? []);
  const heat =
    heats.length > 0
      ? `the hottest pod gets ${ratio(Math.max(...heats))} times its fair part (95th percentile)`
      : "no pod gets anything";
  const serving = Math.min(...estimates.map(({ nodesServing }) => nodesServing.p95));
  const dropped = Math.max(...estimates.map((one) => one.dropped.p95));
  const sees = estimates[0]?.clientAddress.sees ?? "node";
  const parts = [
    heat,
    serving === 0
      ? "no node serves"
      : `at least ${serving} node${serving === 1 ? "" : "s"} serve${serving === 1 ? "s" : ""}`,
    `${percent(dropped)} is dropped`,
    `the pods see the ${sees === "balancer" ? "load balancer" : sees}'s address`,
  ];
  return parts.join(", ");
}
