import type { DisruptionBudget } from "../../model";
import { scaled } from "./fenceposts";
import { isActive, type LivePod } from "./live-pod";

/**
 * Which of the pods on drained nodes may go now. Ready ones as far as the budget has room; others only while the budget is met
 * (k/k pkg/registry/core/pod/storage/eviction.go with the policy IfHealthyBudget).
 */
export function evictable(
  there: readonly LivePod[],
  all: readonly LivePod[],
  replicas: number,
  budget: DisruptionBudget | undefined,
): readonly LivePod[] {
  if (!budget) return there;
  const healthy = all.filter((pod) => isActive(pod) && pod.ready).length;
  const wanted = healthyWanted(budget, replicas);
  const room = Math.max(healthy - wanted, 0);
  const ready = there.filter((pod) => pod.ready).slice(0, room);
  return healthy >= wanted ? [...there.filter((pod) => !pod.ready), ...ready] : [];
}

/** k/k pkg/controller/disruption/disruption.go getExpectedPodCount: percentages round up. */
function healthyWanted({ minAvailable, maxUnavailable }: DisruptionBudget, replicas: number): number {
  if (maxUnavailable !== undefined) return Math.max(replicas - scaled(maxUnavailable, replicas, "up"), 0);
  return minAvailable === undefined ? 0 : scaled(minAvailable, replicas, "up");
}
