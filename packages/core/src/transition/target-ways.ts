import type { Exposure, Front, TargetKind } from "../model";
import { describeCheck, frontWithTargets, isBuiltFromService } from "./after";
import { groupOf, type Start } from "./phase";
import { beside } from "./detours";
import type { Ways } from "./ways";
import type { TransitionOptions } from "./transition";

/** Switching what the load balancer sends to: always another target group, since a target group's kind of target cannot change. */
export function targetWays(
  { service, cluster }: Exposure,
  front: Front,
  to: TargetKind,
  { deregistrationSeconds }: TransitionOptions,
): Ways {
  const after = frontWithTargets(front, service, to);
  const old = groupOf("old", { service, cluster }, front, deregistrationSeconds);
  const fresh = groupOf("new", { service, cluster }, after, deregistrationSeconds);
  const start: Start = { groups: [old], active: "old" };
  const own = isBuiltFromService(front);
  return {
    service,
    front: after,
    start,
    atOnce: [
      {
        action: own
          ? `set annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type to ${to}`
          : `set the target type of ${front.resource.kind} ${front.resource.name} to ${to}`,
        why: `A target group's kind of target cannot change, so it is replaced, with the check ${describeCheck(after, service)}. None of the new targets is sent to before it has passed its first checks.`,
        groups: [fresh],
        active: "new",
      },
    ],
    inOrder: beside(old, fresh, front, `with ${to} targets`),
    assumptions: [
      "the listener points to the new target group as soon as that exists, and its targets are registered at once",
    ],
  };
}
