import { BALANCERS, balancerOf, balancersNamed } from "../balancers";
import { groupFronts, isExternal } from "../estimate";
import {
  findingResource,
  isAnswered,
  isUnknown,
  reachesNodes,
  type Exposure,
  type FindingResource,
} from "../model";
import { candidateName } from "./candidate";
import { whatItComesTo } from "./choose";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision } from "./decision";
import { evaluateCandidate, type Evaluation } from "./evaluate";
import { compare, whyPreferred } from "./prefer";
import { requirementsFor } from "./requirements";
import { scenariosOf } from "./scenario";

/** One balancer and kind of target, with the best policy behind it. */
export interface Alternative {
  readonly balancer: string;
  readonly title: string;
  /** To pods it sends past kube-proxy: no policy has an effect there. */
  readonly sendsTo: "nodes" | "pods";
  /** In numbers, with that policy. */
  readonly comesTo: string;
  readonly decision: Decision;
}

/** Which balancer and kind of target comes first, everything else kept. */
export interface Comparison {
  readonly service: FindingResource;
  /** Best first. */
  readonly alternatives: readonly Alternative[];
  /** Why the first stands before each of the others. */
  readonly why: readonly string[];
}

export interface CompareOptions extends DecideOptions {
  /** Kinds of balancers to weigh beside the one that stands there: `haproxy`. Default: the other kinds of target of the same one. */
  readonly among?: readonly string[];
}

/**
 * Answers the question before all others: nodes or pods as targets, or this balancer or that one, with everything else of the
 * exposure kept. Every balancer that is known can take part: it says itself what it would be in the place of another. Undefined
 * without a front of a known balancer, or where nothing is left to choose.
 */
export function compareTargets(exposure: Exposure, options: CompareOptions = {}): Comparison | undefined {
  const [group] = groupFronts(exposure);
  const front = group?.front;
  const own = front && balancerOf(front);
  if (!front || !own || !isExternal(exposure.service)) return undefined;
  const { among = siblingsOf(front.balancer) } = options;
  const weighing = BALANCERS.filter((one) => one === own || among.includes(one.kind));
  if (weighing.length < 2) return undefined;
  const settings = settingsOf(options);
  const requirements = requirementsFor(exposure, options.requirements);
  const scenarios = scenariosOf(exposure, settings);
  const weighed = weighing.flatMap((balancer): Weighed[] => {
    const other = balancer === own ? front : balancer.inPlaceOf(front);
    // What was chosen before was chosen for one of them; here each is to have the best behind it.
    const wishes = { ...exposure.wishes, pinned: undefined };
    const [decision] = decideOn(scenarios, { ...exposure, wishes, fronts: [other] }, options);
    if (!decision || !isAnswered(decision)) return [];
    const evaluation = evaluateCandidate("external", other, decision.chosen, scenarios, settings);
    const sendsTo = isUnknown(other.targets.value) || reachesNodes(other.targets.value) ? "nodes" : "pods";
    const comesTo = whatItComesTo(evaluation);
    const { kind, title } = balancer;
    return [{ alternative: { balancer: kind, title, sendsTo, comesTo, decision }, evaluation }];
  });
  const order = [...weighed].sort(
    (a, b) =>
      Number(b.alternative.decision.met) - Number(a.alternative.decision.met) ||
      compare(a.evaluation, b.evaluation, requirements),
  );
  const [first, ...rest] = order;
  if (!first) return undefined;
  const why = (other: Weighed): string => {
    if (other.alternative.decision.met !== first.alternative.decision.met)
      return `only it meets every requirement${rejectionOf(other.alternative)}`;
    const names = [first.alternative.title, other.alternative.title] as const;
    return whyPreferred(first.evaluation, other.evaluation, requirements, names);
  };
  return {
    service: findingResource(exposure.service.ref),
    alternatives: order.map(({ alternative }) => alternative),
    why: rest.map((other) => `${first.alternative.title} before ${other.alternative.title}: ${why(other)}`),
  };
}

interface Weighed {
  readonly alternative: Alternative;
  readonly evaluation: Evaluation;
}

/** The other kinds of target of the same load balancer. */
function siblingsOf(balancer: string): readonly string[] {
  return balancersNamed(balancer).map(({ kind }) => kind);
}

/** What stands against the best policy behind it. */
function rejectionOf({ decision: { chosen, rejected } }: Alternative): string {
  const own = rejected.find(({ candidate }) => candidateName(candidate) === candidateName(chosen));
  return own ? ` (${own.sentence})` : "";
}
