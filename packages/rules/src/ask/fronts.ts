import { balancerOf, type Balancer } from "@evenkeel/core/balancers";
import { isUnknown, reachesNodes, type Exposure, type Front, type TargetKind } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { notApplicable, undecided, type Outcome } from "../frame/outcome";

/** A front whose kind of target is known, with the balancer's behaviour. */
export interface KnownFront {
  readonly front: Front;
  readonly balancer: Balancer;
  readonly targets: TargetKind;
}

/**
 * Asks `check` about each front of the load balancers named by `prefix` (`nlb`). A front whose target kind is not known yields
 * `unknown` for itself alone.
 */
export function eachFront(
  { fronts }: Exposure,
  prefix: string,
  facts: readonly FactId[],
  check: (front: KnownFront) => Iterable<Outcome>,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let isAsked = false;
  for (const front of fronts) {
    if (front.balancer !== prefix) continue;
    isAsked = true;
    const targets = front.targets.value;
    const balancer = balancerOf(front);
    if (isUnknown(targets)) {
      const how = "set the target type to a plain value";
      outcomes.push(undecided({ facts, at: front.targets.at, unknown: targets, how }));
    } else if (balancer) outcomes.push(...check({ front, balancer, targets }));
  }
  return isAsked ? outcomes : [notApplicable(`no ${prefix} in front`)];
}

/**
 * Whether all that is known to stand in front sends to the pods themselves: kube-proxy's view of the policies, its health-check
 * port included, then decides nothing.
 */
export function onlyPodTargets({ fronts }: Exposure): boolean {
  return (
    fronts.length > 0 &&
    fronts.every(({ targets }) => !isUnknown(targets.value) && !reachesNodes(targets.value))
  );
}
