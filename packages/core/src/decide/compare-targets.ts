import type { Balancer } from "../balancers/balancer";
import { BALANCERS, balancerOf } from "../balancers/known";
import { groupFronts, isExternal } from "../estimate";
import { byDefault, reachesNodes, type Exposure, type Front, type TargetKind } from "../model";
import { candidatesFor } from "./candidate";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision } from "./decision";
import { evaluateCandidate, type Evaluation } from "./evaluate";
import { compare, whyPreferred } from "./prefer";
import { requirementsFor } from "./requirements";
import { scenariosOf } from "./scenario";

/** One kind of target, with the best policy behind it. */
export interface Alternative {
  readonly balancer: string;
  readonly title: string;
  readonly decision: Decision;
}

/** Which kind of target comes first, everything else kept. */
export interface Comparison {
  /** Best first. */
  readonly alternatives: readonly Alternative[];
  /** Why the first stands before each of the others. */
  readonly why: readonly string[];
}

/**
 * Answers the question before all others: nodes or pods as targets, with everything else of the exposure kept. Undefined without a
 * front of a load balancer that has the choice.
 */
export function compareTargets(exposure: Exposure, options: DecideOptions = {}): Comparison | undefined {
  const [group] = groupFronts(exposure);
  const front = group?.front;
  if (!front || !isExternal(exposure.service)) return undefined;
  const siblings = BALANCERS.filter(({ kind }) => kind.startsWith(`${front.balancer}-`));
  if (siblings.length < 2) return undefined;
  const settings = settingsOf(options);
  const requirements = requirementsFor(exposure, options.requirements);
  const scenarios = scenariosOf(exposure, settings);
  const weighed = siblings.flatMap((balancer): { alternative: Alternative; evaluation: Evaluation }[] => {
    const other = withTargets(front, balancer);
    const [decision] = decideOn(scenarios, { ...exposure, fronts: [other] }, options);
    if (!decision) return [];
    const offered = candidatesFor(exposure.service, other, exposure.cluster).candidates;
    const candidate =
      offered.find(
        (one) =>
          one.externalTrafficPolicy === decision.chosen.externalTrafficPolicy &&
          one.trafficDistribution === decision.chosen.trafficDistribution,
      ) ?? decision.chosen;
    return [
      {
        alternative: { balancer: balancer.kind, title: balancer.title, decision },
        evaluation: evaluateCandidate("external", other, candidate, scenarios, settings),
      },
    ];
  });
  const order = [...weighed].sort(
    (a, b) =>
      Number(b.alternative.decision.met) - Number(a.alternative.decision.met) ||
      compare(a.evaluation, b.evaluation, requirements),
  );
  const [first, ...rest] = order;
  if (!first) return undefined;
  return {
    alternatives: order.map(({ alternative }) => alternative),
    why: rest.map((other) =>
      other.alternative.decision.met === first.alternative.decision.met
        ? `${first.alternative.title} before ${other.alternative.title}: ${whyPreferred(first.evaluation, other.evaluation, requirements, [first.alternative.title, other.alternative.title])}`
        : `${first.alternative.title} before ${other.alternative.title}: only it meets every requirement`,
    ),
  };
}

/** The front with the other kind of target; what AWS does with the client's address by default goes with it. */
export function withTargets(front: Front, { kind }: Balancer): Front {
  const targets: TargetKind = kind.endsWith("-ip") ? "ip" : "instance";
  if (balancerOf(front)?.kind === kind) return front;
  const { at } = front.targets;
  const preserved =
    front.preservesClientAddress.by === "given"
      ? front.preservesClientAddress
      : byDefault(reachesNodes(targets), at);
  return { ...front, targets: byDefault(targets, at), preservesClientAddress: preserved };
}
