import type { DataPath } from "../estimate/data-path";
import type { Statement, TrafficPolicy } from "../model";
import { sayTransition } from "./texts";

/** What the policy does at once, and until the load balancer has followed. */
export function meanwhile(
  to: TrafficPolicy,
  allHavePods: boolean,
  hasHealthPort: boolean,
): readonly Statement[] {
  if (to === "Cluster")
    return [
      sayTransition("every-node-serves"),
      ...(hasHealthPort ? [sayTransition("nodes-join-when-they-pass")] : []),
    ];
  const dropped = emptyNodes(allHavePods, hasHealthPort);
  return hasHealthPort ? [dropped, sayTransition("port-allocated-now")] : [dropped];
}

/** What the policy does while the check is still the one of before. */
export function whileStale(
  to: TrafficPolicy,
  check: string | null,
  allHavePods: boolean,
  path: DataPath,
  hasHealthPort: boolean,
): readonly Statement[] {
  const still = sayTransition("check-is-old", { check });
  if (to === "Local")
    return [
      still,
      ...(hasHealthPort ? [sayTransition("port-allocated-now")] : []),
      emptyNodes(allHavePods, false),
    ];
  if (path.enters === "pods" || path.passes !== "nowhere")
    return [still, sayTransition("check-passes-everywhere")];
  return [still, sayTransition("check-fails-everywhere", { failsOpen: path.failsOpen })];
}

/** Why the check can come before the policy on the way to Cluster. */
export function checkFirst(before: DataPath): Statement {
  const keepsTargets =
    before.enters === "nodes" && (before.passes === "readyHere" || before.passes === "servedHere");
  return sayTransition("check-first", { keepsTargets });
}

function emptyNodes(allHavePods: boolean, untilTheyFail: boolean): Statement {
  return allHavePods
    ? sayTransition("every-target-has-pods")
    : sayTransition("empty-nodes-drop", { untilTheyFail });
}
