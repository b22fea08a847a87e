import { controllerOf, isBuiltFromService } from "../balancers";
import { sayBalancer } from "../balancers/texts";
import type { Front, Statement } from "../model";
import { settling, type Group, type Phase } from "./phase";
import { sayTransition } from "./texts";

/** Nodes without a pod are removed first, while they still serve, and come back if the check then keeps them from traffic. */
export function aroundEmptyNodes(
  old: Group,
  changes: readonly Phase[],
  front: Front | undefined,
): readonly Phase[] {
  const last = changes.at(-1)?.groups ?? [];
  return [
    {
      action: sayTransition("exclude-empty-nodes", { how: excludeNode(front).sentence }),
      why: [sayTransition("serve-until-removed")],
      seconds: old.lag.deregistration,
      groups: [{ ...old, podsOnly: true }],
      active: "old",
    },
    ...changes.map((change): Phase => ({
      ...change,
      seconds: change.seconds ?? settling(change.groups),
      groups: change.groups.map((group) => ({ ...group, podsOnly: true })),
    })),
    ...(last.every(keepsOut) ? [putBack(last)] : []),
  ];
}

function keepsOut({ path }: Group): boolean {
  return path.enters === "pods" || path.passes === "readyHere" || path.passes === "servedHere";
}

function putBack(groups: readonly Group[]): Phase {
  const why = [sayTransition("excluded-until-pod")];
  return { action: sayTransition("put-nodes-back"), why, groups, active: "old" };
}

function excludeNode(front: Front | undefined): Statement {
  return (front && controllerOf(front)?.excludeNode) ?? sayBalancer("exclude-node-by-label");
}

/** A second group of targets beside the first; nothing is removed before the new one serves. `setting`: what the second one has. */
export function beside(
  old: Group,
  fresh: Group,
  front: Front,
  setting: string,
  without: readonly string[] = [],
): readonly Phase[] {
  const what = isBuiltFromService(front) ? "Service" : "targetGroup";
  return [
    {
      action: sayTransition("create-second", { what, setting, without }),
      why: [sayTransition("pass-first-checks-beside")],
      seconds: settling([fresh]),
      groups: [old, fresh],
      active: "old",
    },
    {
      action: sayTransition("point-to-second", { what }),
      why: [what === "Service" ? sayTransition("old-clients-served") : sayTransition("new-targets-healthy")],
      seconds: old.lag.deregistration,
      groups: [old, fresh],
      active: "new",
    },
    {
      action: sayTransition("remove-first", { what }),
      why: [sayTransition("nothing-new-arrives")],
      groups: [fresh],
      active: "new",
    },
  ];
}
