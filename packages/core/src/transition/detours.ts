import type { Front } from "../model";
import { isBuiltFromService } from "./after";
import { settling, type Group, type Phase } from "./phase";

/** Nodes without a pod are taken out first, while they still serve, and come back if the check then keeps them from traffic. */
export function aroundEmptyNodes(
  old: Group,
  turns: readonly Phase[],
  front: Front | undefined,
): readonly Phase[] {
  const last = turns.at(-1)?.groups ?? [];
  return [
    {
      action: `take the nodes without a pod out of the load balancer (${howToRegister(front)})`,
      why: "Under Cluster they still serve what arrives until nothing does. No pod may move meanwhile.",
      seconds: old.lag.deregistration,
      groups: [{ ...old, podsOnly: true }],
      active: "old",
    },
    ...turns.map((turn): Phase => ({
      ...turn,
      seconds: turn.seconds ?? settling(turn.groups),
      groups: turn.groups.map((group) => ({ ...group, podsOnly: true })),
    })),
    ...(last.every(keepsOut) ? [putBack(last)] : []),
  ];
}

function keepsOut({ path }: Group): boolean {
  return path.enters === "pods" || path.passes === "readyHere" || path.passes === "servedHere";
}

function putBack(groups: readonly Group[]): Phase {
  const why = "They fail the check from the first and are not sent to until they have a pod.";
  return { action: "put them back", why, groups, active: "old" };
}

function howToRegister(front: Front | undefined): string {
  if (front && isBuiltFromService(front))
    return "annotation service.beta.kubernetes.io/aws-load-balancer-target-node-labels with a label of the nodes that have pods";
  if (front?.controller.name === "pulumi")
    return "spec.nodeSelector of the TargetGroupBinding, or deregister them";
  if (front?.controller.name === "haproxy") return "take their servers out of the backend";
  return "label node.kubernetes.io/exclude-from-external-load-balancers";
}

/** A second group of targets beside the first; nothing is taken away before the new one serves. */
export function beside(old: Group, fresh: Group, front: Front, how: string): readonly Phase[] {
  const own = isBuiltFromService(front);
  return [
    {
      action: own
        ? `create a second Service ${how}, with the same selector and a load balancer of its own`
        : `create a second target group ${how} beside the first, and register its targets`,
      why: "Its targets pass their first checks while the old ones still serve. Registration has been seen to take minutes (kubernetes-sigs/aws-load-balancer-controller#1834): wait until they are healthy.",
      seconds: settling([fresh]),
      groups: [old, fresh],
      active: "old",
    },
    {
      action: own
        ? "point the DNS name to the new load balancer"
        : "point the listener to the new target group",
      why: own
        ? "Clients that still know the old addresses are served as before."
        : "New connections go to targets that are healthy already.",
      seconds: old.lag.deregistration,
      groups: [old, fresh],
      active: "new",
    },
    {
      action: own ? "delete the old Service" : "remove the old target group",
      why: "Nothing new arrives there any more; wait longer for connections that live longer.",
      groups: [fresh],
      active: "new",
    },
  ];
}
