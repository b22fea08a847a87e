import type { Action, Controller, ControllerView } from "./controller";
import { currentRevision } from "./controller";
import { deploymentFenceposts } from "./fenceposts";
import { isActive, isAvailable } from "./live-pod";
import { victimsFirst } from "./victims";

/** A Deployment and its ReplicaSets: first the sizes are moved one step, then each ReplicaSet meets its size. */
export const deployment: Controller = (view) => {
  const sizes = nextSizes(view);
  return { sizes, actions: sizes.flatMap((size, revision) => meetSize(view, revision, size)) };
};

/** One sync of the Deployment's controller: up with the new if it may, else down with the old if it may. */
function nextSizes(view: ControllerView): readonly number[] {
  return view.strategy.type === "Recreate" ? recreate(view) : rollingUpdate(view);
}

/** k/k pkg/controller/deployment/rolling.go reconcileNewReplicaSet, reconcileOldReplicaSets. */
function rollingUpdate(view: ControllerView): readonly number[] {
  const { replicas, sizes } = view;
  const current = currentRevision(view);
  const fenceposts = deploymentFenceposts(view.strategy, replicas);
  const size = sizes[current] ?? 0;
  const total = sum(sizes);
  const grown =
    size > replicas ? replicas : Math.min(size + Math.max(replicas + fenceposts.surge - total, 0), replicas);
  if (grown !== size) return sizes.with(current, grown);

  const available = sizes.map((_, revision) => availableOf(view, revision));
  const least = replicas - fenceposts.unavailable;
  const toCleanUp = total - least - (size - available[current]!);
  if (total === size || toCleanUp <= 0) return sizes;
  const cleaned = shrinkOld(sizes, toCleanUp, (old, revision) => Math.max(old - available[revision]!, 0));
  return shrinkOld(cleaned, Math.max(sum(available) - least, 0), (old) => old);
}

/** Takes up to `most` pods from the old revisions, oldest first, from each no more than `from` allows. */
function shrinkOld(
  sizes: readonly number[],
  most: number,
  from: (size: number, revision: number) => number,
): readonly number[] {
  let left = most;
  return sizes.map((size, revision) => {
    if (revision === sizes.length - 1) return size;
    const taken = Math.min(left, from(size, revision));
    left -= taken;
    return size - taken;
  });
}

/** k/k pkg/controller/deployment/recreate.go: nothing new while anything old is there, on its way out or not. */
function recreate(view: ControllerView): readonly number[] {
  const current = currentRevision(view);
  const oldRuns = view.pods.some(({ revision }) => revision !== current);
  return view.sizes.map((size, revision) => (revision !== current ? 0 : oldRuns ? size : view.replicas));
}

function availableOf(
  { pods, now, strategy: { minReadySeconds = 0 } }: ControllerView,
  revision: number,
): number {
  return pods.filter(
    (pod) => pod.revision === revision && isActive(pod) && isAvailable(pod, now, minReadySeconds),
  ).length;
}

/** k/k pkg/controller/replicaset/replica_set.go manageReplicas. */
function meetSize({ pods, now }: ControllerView, revision: number, size: number): readonly Action[] {
  const active = pods.filter(isActive);
  const own = active.filter((pod) => pod.revision === revision);
  if (own.length <= size) return Array.from({ length: size - own.length }, () => ({ create: { revision } }));
  const together = new Map<string | undefined, number>();
  for (const { node } of active) together.set(node, (together.get(node) ?? 0) + 1);
  return victimsFirst(own, (node) => together.get(node) ?? 0, now)
    .slice(0, own.length - size)
    .map((pod) => ({ delete: pod }));
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
