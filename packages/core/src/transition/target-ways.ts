import { controllerOf, isBuiltFromService } from "../balancers";
import type { Exposure, Front, TargetKind } from "../model";
import { describeCheck, frontWithTargets } from "./after";
import { beside } from "./detours";
import { groupOf, type Start } from "./phase";
import { withoutAnnotations, wrongPins } from "./pinned-check";
import { sayTransition } from "./texts";
import type { TransitionOptions } from "./transition";
import type { Ways } from "./ways";

/** Switching what the load balancer sends to: always another target group, since a target group's kind of target cannot change. */
export function targetWays(
  exposure: Exposure,
  front: Front,
  to: TargetKind,
  { deregistrationSeconds }: TransitionOptions,
): Ways {
  const { service } = exposure;
  const kept = frontWithTargets(front, service, to);
  const pins = wrongPins(kept, exposure);
  const later = withoutAnnotations(service, pins);
  const after = pins.length > 0 ? frontWithTargets(front, later, to) : kept;
  const old = groupOf("old", exposure, front, deregistrationSeconds);
  const fresh = groupOf("new", { ...exposure, service: later }, after, deregistrationSeconds);
  const start: Start = { groups: [old], active: "old" };
  const edit = isBuiltFromService(front) ? controllerOf(front)?.targetKindEdit?.(to) : undefined;
  return {
    service: later,
    front: after,
    start,
    atOnce: [
      {
        action: edit
          ? sayTransition("set-target-annotation", { ...edit, remove: pins })
          : sayTransition("set-target-kind", { of: `${front.resource.kind} ${front.resource.name}`, to }),
        why: [
          sayTransition("target-kind-replaces", { check: describeCheck(after, later) }),
          ...(pins.length > 0 ? [sayTransition("annotations-suit-other-kind")] : []),
        ],
        groups: [fresh],
        active: "new",
      },
    ],
    inOrder: beside(old, fresh, front, `${to} targets`, pins),
    assumptions: [sayTransition("listener-follows-at-once")],
  };
}
