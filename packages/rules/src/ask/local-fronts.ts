import { isUnknown, reachesNodes, type Exposure } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { notApplicable, undecided, type Outcome } from "../frame/outcome";
import { eachFront, type KnownFront } from "./fronts";

/** Asks `check` about each front of such a load balancer that sends to nodes, where the Service is Local. */
export function eachLocalFront(
  exposure: Exposure,
  prefix: string,
  facts: readonly FactId[],
  check: (front: KnownFront) => Iterable<Outcome>,
): Iterable<Outcome> {
  const { service } = exposure;
  const policy = service.externalTrafficPolicy;
  return eachFront(exposure, prefix, facts, (front) => {
    if (!reachesNodes(front.targets)) return [notApplicable("the pods are the targets")];
    if (policy === undefined || policy === "Cluster") return [notApplicable("the policy is not Local")];
    if (!isUnknown(policy)) return check(front);
    const at = { resource: service.ref, path: "spec.externalTrafficPolicy" };
    return [undecided({ facts, at, unknown: policy, how: "set the policy to a plain value" })];
  });
}
