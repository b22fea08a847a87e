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
export function* eachFront(
  { fronts }: Exposure,
  prefix: string,
  facts: readonly FactId[],
  check: (front: KnownFront) => Iterable<Outcome>,
): Iterable<Outcome> {
  const mine = fronts.filter(({ balancer }) => balancer === prefix);
  if (mine.length === 0) yield notApplicable(`no ${prefix} in front`);
  for (const front of mine) {
    const targets = front.targets.value;
    if (isUnknown(targets)) {
      yield undecided({
        facts,
        at: front.targets.at,
        unknown: targets,
        how: "set the target type to a plain value",
      });
      continue;
    }
    const balancer = balancerOf(front);
    if (balancer) yield* check({ front, balancer, targets });
  }
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
