import type { DataPath } from "../estimate/data-path";
import type { TrafficPolicy } from "../model";

export const PAST_KUBE_PROXY =
  "The load balancer sends to the pods themselves, past kube-proxy: nothing changes on that way.";

export const REPLACED =
  "cloud-provider-aws makes a new target group, because protocol or interval of the check change; none of its targets is sent to before it has passed its first checks.";

export function followed(controller: string, check: string): string {
  return `${controller} changes the check in place with it, to ${check}. `;
}

/** What the policy does at once, and until the balancer has followed. */
export function meanwhile(to: TrafficPolicy, allHavePods: boolean, hasHealthPort: boolean): string {
  if (to === "Cluster")
    return hasHealthPort
      ? "Every node serves at once; those without a pod are sent to when they have passed the check. The healthCheckNodePort is closed and given back."
      : "Every node serves at once.";
  if (!hasHealthPort) return `${emptyNodes(allHavePods)}.`;
  const until = allHavePods ? "" : " until they fail the check";
  return `${emptyNodes(allHavePods)}${until}. ${ALLOCATED}.`;
}

const ALLOCATED = "The healthCheckNodePort is allocated only now";

/** What a controller does once nothing keeps it from giving the check itself. */
export function unpinning(controller: string, check: string | null): string {
  return `They keep a check that does not go with the new policy. ${controller} gives one that follows the policy, now ${check ?? "none"}.`;
}

/** What the policy does while the check is still the one of before. */
export function whileStale(
  to: TrafficPolicy,
  check: string | null,
  allHavePods: boolean,
  path: DataPath,
  hasHealthPort: boolean,
): string {
  const still = check === null ? "Nothing checks the targets" : `The check is still ${check}`;
  if (to === "Local")
    return [`${still}.`, ...(hasHealthPort ? [`${ALLOCATED}.`] : []), `${emptyNodes(allHavePods)}.`].join(
      " ",
    );
  if (path.enters === "pods" || path.passes !== "nowhere") return `${still}, which every node passes.`;
  const then = path.failsOpen
    ? "and the load balancer fails open"
    : "and the load balancer refuses everything";
  return `${still}. Nobody answers there any more: every target turns unhealthy, ${then}.`;
}

/** Why the check can come before the policy on the way to Cluster. */
export function checkFirst(before: DataPath): string {
  return before.enters === "nodes" && (before.passes === "readyHere" || before.passes === "servedHere")
    ? "Under Local the traffic port already answers where a pod is and nowhere else, so every target stays what it is."
    : "Under Local the traffic port answers where a pod is and nowhere else.";
}

export function holding(meanwhile: string): string {
  return `${meanwhile} The check holds under both policies.`;
}

function emptyNodes(allHavePods: boolean): string {
  return allHavePods
    ? "Every node that is sent to has a pod, so nothing is dropped"
    : "Nodes without a pod drop what still arrives there";
}
