import { balancerOf, balancersNamed, type Balancer } from "@evenkeel/core/balancers";
import { isUnknown, reachesNodes, type Exposure, type Front, type TargetKind } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { notApplicable, undecided, type Outcome } from "../frame/outcome";

/** A front whose kind of target is known, with the load balancer's behaviour. */
export interface ModelledFront {
  readonly front: Front;
  readonly balancer: Balancer;
  readonly targets: TargetKind;
}

/**
 * Asks `check` about each front of a load balancer whose behaviour is modelled; another rule reports the others. A front whose kind
 * of target is not known yields `unknown` for itself alone.
 */
export function eachFront(
  { fronts }: Exposure,
  facts: readonly FactId[],
  check: (front: ModelledFront) => Iterable<Outcome>,
): readonly Outcome[] {
  const outcomes = fronts.flatMap((front): readonly Outcome[] => {
    const targets = front.targets.value;
    const balancer = balancerOf(front);
    if (isUnknown(targets) && balancersNamed(front.balancer).length > 0) {
      const how = "set the target type to a plain value";
      return [undecided({ facts, at: front.targets.at, unknown: targets, how })];
    }
    return balancer && !isUnknown(targets) ? [...check({ front, balancer, targets })] : [];
  });
  return outcomes.length > 0 ? outcomes : [notApplicable("no load balancer whose behaviour is modelled")];
}

/** Asks `check` about each front that sends to nodes, where the Service is Local. */
export function eachLocalFront(
  exposure: Exposure,
  facts: readonly FactId[],
  check: (front: ModelledFront) => Iterable<Outcome>,
): readonly Outcome[] {
  const { service } = exposure;
  const policy = service.externalTrafficPolicy;
  if (policy === undefined || policy === "Cluster") return [notApplicable("the policy is not Local")];
  return eachFront(exposure, facts, (front) => {
    if (!reachesNodes(front.targets)) return [notApplicable("the pods are the targets")];
    if (!isUnknown(policy)) return check(front);
    const at = { resource: service.ref, path: "spec.externalTrafficPolicy" };
    return [undecided({ facts, at, unknown: policy, how: "set the policy to a plain value" })];
  });
}

/**
 * Whether everything known in front sends to the pods themselves: kube-proxy's view of the policies, its health-check port
 * included, then decides nothing.
 */
export function onlyPodTargets({ fronts }: Exposure): boolean {
  return (
    fronts.length > 0 &&
    fronts.every(({ targets }) => !isUnknown(targets.value) && !reachesNodes(targets.value))
  );
}
