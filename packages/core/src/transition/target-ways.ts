import type { Exposure, Front, TargetKind } from "../model";
import { describeCheck, frontWithTargets, isBuiltFromService } from "./after";
import { groupOf, type Start } from "./phase";
import { beside } from "./detours";
import { annotationsTold, withoutAnnotations, wrongPins } from "./pinned-check";
import { sayTransition } from "./texts";
import type { Ways } from "./ways";
import type { TransitionOptions } from "./transition";

/** Switching what the load balancer sends to: always another target group, since a target group's kind of target cannot change. */
export function targetWays(
  { service, cluster }: Exposure,
  front: Front,
  to: TargetKind,
  { deregistrationSeconds }: TransitionOptions,
): Ways {
  const kept = frontWithTargets(front, service, to);
  const pins = wrongPins(kept, service);
  const later = withoutAnnotations(service, pins);
  const after = pins.length > 0 ? frontWithTargets(front, later, to) : kept;
  const pinned = annotationsTold(pins);
  const old = groupOf("old", { service, cluster }, front, deregistrationSeconds);
  const fresh = groupOf("new", { service: later, cluster }, after, deregistrationSeconds);
  const start: Start = { groups: [old], active: "old" };
  const own = isBuiltFromService(front);
  const replaced = `A target group's kind of target cannot change, so it is replaced, with the check ${describeCheck(after, later)}. None of the new targets is sent to before it has passed its first checks.`;
  return {
    service: later,
    front: after,
    start,
    atOnce: [
      {
        action: own
          ? `set annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type to ${to}${pins.length > 0 ? `, and remove the ${pinned}` : ""}`
          : `set the target type of ${front.resource.kind} ${front.resource.name} to ${to}`,
        why:
          pins.length > 0
            ? `${replaced} What the annotations ask is for the other kind of target, and no new one would pass.`
            : replaced,
        groups: [fresh],
        active: "new",
      },
    ],
    inOrder: beside(
      old,
      fresh,
      front,
      `with ${to} targets${pins.length > 0 ? `, without the ${pinned}` : ""}`,
    ),
    assumptions: [sayTransition("listener-follows-at-once")],
  };
}
