import {
  DEFAULT_SEED,
  DEFAULT_TRIALS,
  groupFronts,
  isExternal,
  occupancies,
  shapesOf,
  type EstimateOptions,
} from "../estimate";
import {
  findingResource,
  type Exposure,
  type FindingResource,
  type Front,
  type TrafficDistribution,
} from "../model";
import { balancerOf } from "../balancers";
import { candidateName, candidatesFor, type Candidate, type Offer } from "./candidate";
import { couldPass, evaluateCandidate, type Evaluation, type Scenario } from "./evaluate";
import { fixesFor, type Fix } from "./fixes";
import { judge, type Rejection } from "./judge";
import { compare, whyPreferred } from "./prefer";
import { DEFAULT_REQUIREMENTS, type Requirements } from "./requirements";

/** Which policy, why, and what was weighed. Everything a person needs to agree or to disagree. */
export interface Decision {
  readonly service: FindingResource;
  readonly side: "external";
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
  readonly fixes: readonly Fix[];
  /** Cluster shapes that the decision holds for. */
  readonly clusters: readonly string[];
  readonly trials: number;
  readonly seed: number;
}

export interface DecideOptions extends EstimateOptions {
  readonly requirements?: Partial<Requirements>;
  /** A distribution that is not up for choice, because somebody wants it for clients inside. */
  readonly trafficDistribution?: TrafficDistribution;
}

/**
 * Chooses the external policy of an exposure, once per group of like fronts. Among the candidates that meet every requirement it
 * prefers fewer drops, then the client's address if preferred, then less cross-zone, then less cross-node, then the lower
 * `hottest`, then Cluster.
 *
 * @example
 * const [decision] = decide(exposure, { requirements: { clientAddress: "required" } });
 * decision.chosen.externalTrafficPolicy; // "Local"
 */
export function decide(exposure: Exposure, options: DecideOptions = {}): readonly Decision[] {
  if (!isExternal(exposure.service)) return [];
  const { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED } = options;
  const requirements = { ...DEFAULT_REQUIREMENTS, ...options.requirements };
  const scenarios: readonly Scenario[] = shapesOf(exposure.cluster).map((cluster) => ({
    cluster,
    placements: occupancies(exposure, cluster, { trials, seed }),
  }));
  return groupFronts(exposure).map(({ front, ports }) => {
    const { candidates, notes } = offerFor(exposure, front, options);
    const evaluations = candidates.map((candidate) =>
      evaluateCandidate(exposure, front, candidate, scenarios, { trials, seed }),
    );
    const judged = evaluations.map((evaluation) => ({
      evaluation,
      rejections: judge(evaluation, requirements),
    }));
    // Candidates that fail the fewest requirements come first; among them, the preference decides.
    const order = [...judged].sort(
      (a, b) =>
        a.rejections.length - b.rejections.length || compare(a.evaluation, b.evaluation, requirements),
    );
    const [best, ...rest] = order;
    if (!best) throw new Error(`no candidate for ${exposure.service.ref.name}: candidatesFor offered none`);
    const passing = rest.filter(({ rejections }) => rejections.length === 0);
    // A fix is only worth telling for what would have been preferred.
    const missed = rest.filter(
      ({ evaluation, rejections }) =>
        rejections.length > 0 && compare(evaluation, best.evaluation, requirements) < 0,
    );
    const wanting = best.rejections.length > 0 ? [best, ...missed] : missed;
    return {
      service: findingResource(exposure.service.ref),
      side: "external",
      balancer: (front && balancerOf(front)?.kind) ?? null,
      ports,
      requirements,
      chosen: best.evaluation.candidate,
      met: best.rejections.length === 0,
      why: [
        ...reasons(
          best.evaluation,
          passing.map(({ evaluation }) => evaluation),
          requirements,
        ),
        ...notes,
      ],
      rejected: judged.flatMap(({ rejections }) => rejections),
      others: passing.map(({ evaluation }) => ({
        candidate: evaluation.candidate,
        why: whyPreferred(best.evaluation, evaluation, requirements),
      })),
      fixes: wanting.flatMap(({ evaluation }) =>
        fixesFor(exposure, front, evaluation, scenarios, requirements, { seed }),
      ),
      clusters: best.evaluation.estimates.map(({ cluster }) => cluster),
      trials,
      seed,
    };
  });
}

/** What can be taken at all: a policy whose health check no target could pass is not weighed. */
function offerFor(
  exposure: Exposure,
  front: Front | undefined,
  { trafficDistribution }: DecideOptions,
): Offer {
  const offer = candidatesFor(exposure.service, front, exposure.cluster, trafficDistribution);
  const [able, unable] = [true, false].map((can) =>
    offer.candidates.filter((candidate) => couldPass(exposure, front, candidate) === can),
  );
  if (!able?.length || !unable?.length) return offer;
  const left = unable.map(
    (candidate) => `${candidateName(candidate)} is left out: no target could pass its health check`,
  );
  return { candidates: able, notes: [...offer.notes, ...left] };
}

function reasons(
  best: Evaluation,
  others: readonly Evaluation[],
  requirements: Requirements,
): readonly string[] {
  const name = candidateName(best.candidate);
  return others.map(
    (other) => `${name} before ${candidateName(other.candidate)}: ${whyPreferred(best, other, requirements)}`,
  );
}
