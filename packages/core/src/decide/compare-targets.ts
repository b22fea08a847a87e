import { BALANCERS, balancerOf, balancersNamed } from "../balancers";
import { groupFronts, isExternal } from "../estimate";
import {
  findingResource,
  isAnswered,
  isUnknown,
  reachesNodes,
  type Exposure,
  type FindingResource,
  type Statement,
} from "../model";
import { candidateName } from "./candidate";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision } from "./decision";
import { evaluateCandidate, type Evaluation } from "./evaluate";
import { compare, whyPreferred } from "./prefer";
import { requirementsFor } from "./requirements";
import { resultsOf } from "./results";
import { scenariosOf } from "./scenario";
import { sayDecide } from "./texts";

/** One balancer and kind of target, with the best policy behind it. */
export interface Alternative {
  readonly balancer: string;
  readonly title: string;
  /** Connections to pods bypass kube-proxy: no policy has an effect there. */
  readonly sendsTo: "nodes" | "pods";
  /** In numbers, with that policy. */
  readonly results: Statement;
  readonly decision: Decision;
}

/** Which balancer and kind of target comes first, everything else kept. */
export interface Comparison {
  readonly service: FindingResource;
  /** Best first. */
  readonly alternatives: readonly Alternative[];
  /** Why the first is preferred to each of the others. */
  readonly why: readonly Statement[];
}

export interface CompareOptions extends DecideOptions {
  /** Kinds of load balancers to compare with the one that is there: `haproxy`. Default: the other kinds of target of the same one. */
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
  const compared = BALANCERS.filter((one) => one === own || among.includes(one.kind));
  if (compared.length < 2) return undefined;
  const settings = settingsOf(options);
  const requirements = requirementsFor(exposure, options.requirements);
  const scenarios = scenariosOf(exposure, settings);
  const results = compared.flatMap((balancer): Compared[] => {
    const other = balancer === own ? front : balancer.inPlaceOf(front);
    // What was chosen before was chosen for one of them; here each is to have the best behind it.
    const wishes = { ...exposure.wishes, pinned: undefined };
    const [decision] = decideOn(scenarios, { ...exposure, wishes, fronts: [other] }, options);
    if (!decision || !isAnswered(decision)) return [];
    const evaluation = evaluateCandidate("external", other, decision.chosen, scenarios, settings);
    const sendsTo = isUnknown(other.targets.value) || reachesNodes(other.targets.value) ? "nodes" : "pods";
    const { kind, title } = balancer;
    return [
      {
        alternative: {
          balancer: kind,
          title,
          sendsTo,
          results: sayDecide("alternative-results", resultsOf(evaluation)),
          decision,
        },
        evaluation,
      },
    ];
  });
  const order = [...results].sort(
    (a, b) =>
      Number(b.alternative.decision.met) - Number(a.alternative.decision.met) ||
      compare(a.evaluation, b.evaluation, requirements),
  );
  const [first, ...rest] = order;
  if (!first) return undefined;
  const why = (other: Compared): Statement => {
    if (other.alternative.decision.met !== first.alternative.decision.met)
      return sayDecide("alternative-meets-requirements", { rejection: rejectionOf(other.alternative) });
    return whyPreferred(first.evaluation, other.evaluation, requirements, other.alternative.title);
  };
  return {
    service: findingResource(exposure.service.ref),
    alternatives: order.map(({ alternative }) => alternative),
    why: rest.map((other) =>
      sayDecide("alternative-preferred", {
        alternative: first.alternative.title,
        other: other.alternative.title,
        reason: why(other),
      }),
    ),
  };
}

interface Compared {
  readonly alternative: Alternative;
  readonly evaluation: Evaluation;
}

/** The other kinds of target of the same load balancer. */
function siblingsOf(balancer: string): readonly string[] {
  return balancersNamed(balancer).map(({ kind }) => kind);
}

/** Why the best policy behind it does not meet every requirement. */
function rejectionOf({ decision: { chosen, rejected } }: Alternative): Statement | null {
  const own = rejected.find(({ candidate }) => candidateName(candidate) === candidateName(chosen));
  return own?.why ?? null;
}
