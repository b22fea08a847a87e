import type { Action, Controller, ControllerView } from "./controller";
import { currentRevision } from "./controller";
import { statefulSetBudget } from "./fenceposts";
import { isActive, isAvailable, type LivePod } from "./live-pod";

/**
 * A StatefulSet: fill the gaps upwards, then shrink from the top, then renew from the top. With `podManagementPolicy: OrderedReady` each
 * step waits until every pod is available; with `Parallel` pods are made and removed together, and only the renewal keeps to a budget.
 * Source: k/k pkg/controller/statefulset/stateful_set_control.go updateStatefulSet, updateStatefulSetAfterInvariantEstablished.
 */
export const statefulSet: Controller = (view) => ({ sizes: view.sizes, actions: next(view) });

function next(view: ControllerView): readonly Action[] {
  const { strategy, replicas, pods } = view;
  const isOrdered = strategy.podManagement !== "Parallel";
  if (strategy.type === "Recreate" && view.traits.statefulSetRecreate) {
    const old = pods.filter((pod) => pod.revision !== currentRevision(view));
    if (old.length > 0) return old.filter(isActive).map((pod) => ({ delete: pod }));
  }
  const missing: Action[] = [];
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = at(view, ordinal);
    if (!pod) missing.push({ create: { revision: revisionAt(view, ordinal), ordinal } });
    if (isOrdered && !pod) return missing;
    if (isOrdered && pod && !settled(view, pod)) return [];
  }
  if (missing.length > 0) return missing;
  const condemned = pods
    .filter(({ ordinal = 0 }) => ordinal >= replicas)
    .sort((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0));
  const leaving = condemned.filter(isActive);
  if (isOrdered && condemned[0]) return isActive(condemned[0]) ? [{ delete: condemned[0] }] : [];
  if (leaving.length > 0) return leaving.map((pod) => ({ delete: pod }));
  return strategy.type === "OnDelete" || strategy.type === "Recreate" ? [] : renewed(view);
}

/** Old pods to delete now, from the highest number down to `partition`. */
function renewed(view: ControllerView): readonly Action[] {
  const { replicas, strategy, traits } = view;
  const { partition = 0 } = strategy;
  const all = Array.from({ length: replicas }, (_, ordinal) => at(view, ordinal)).flatMap((pod) => pod ?? []);
  const above = all.filter(({ ordinal = 0 }) => ordinal >= partition).reverse();
  const isOld = (pod: LivePod): boolean => pod.revision !== currentRevision(view);
  if (!traits.statefulSetMaxUnavailable) {
    // One at a time: the first pod from the top that is old is deleted, one that is not available yet is waited for.
    const first = above.find((pod) => (isOld(pod) && isActive(pod)) || !settled(view, pod));
    return first && isOld(first) && isActive(first) ? [{ delete: first }] : [];
  }
  const unavailable = all.filter((pod) => !settled(view, pod));
  const budget = statefulSetBudget(strategy, replicas) - unavailable.length;
  // Before 1.37 the gate is off, so what is already unavailable goes first only here.
  const broken = strategy.podManagement === "Parallel" ? above.filter((pod) => !settled(view, pod)) : [];
  const first = broken.filter((pod) => isOld(pod) && isActive(pod));
  const more = above.filter((pod) => isOld(pod) && settled(view, pod)).slice(0, Math.max(0, budget));
  return [...first, ...more].map((pod) => ({ delete: pod }));
}

function at({ pods }: ControllerView, ordinal: number): LivePod | undefined {
  return pods.find((pod) => pod.ordinal === ordinal);
}

/** Below `partition` a pod is made anew as it was (newVersionedStatefulSetPod). */
function revisionAt(view: ControllerView, ordinal: number): number {
  return ordinal < (view.strategy.partition ?? 0) ? 0 : currentRevision(view);
}

function settled({ now, strategy: { minReadySeconds = 0 } }: ControllerView, pod: LivePod): boolean {
  return isActive(pod) && isAvailable(pod, now, minReadySeconds);
}
