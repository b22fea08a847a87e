import { currentRevision, type Action, type Controller, type ControllerView } from "./controller";
import { isActive, isAvailable, type LivePod } from "./live-pod";

/**
 * A StatefulSet, one pod at a time in the order of their numbers (`podManagementPolicy: OrderedReady`): fill the gaps upwards, then
 * shrink from the top, then renew from the top (k/k pkg/controller/statefulset/stateful_set_control.go updateStatefulSet).
 */
export const statefulSet: Controller = (view) => ({ sizes: view.sizes, actions: next(view) });

function next(view: ControllerView): readonly Action[] {
  const { replicas, pods, strategy } = view;
  const revision = currentRevision(view);
  const at = (ordinal: number): LivePod | undefined => pods.find((pod) => pod.ordinal === ordinal);
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = at(ordinal);
    if (!pod) return [{ create: { revision, ordinal } }];
    if (!settled(view, pod)) return [];
  }
  const [top] = pods
    .filter(({ ordinal = 0 }) => ordinal >= replicas)
    .sort((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0));
  if (top) return isActive(top) ? [{ delete: top }] : [];
  if (strategy.type === "OnDelete") return [];
  for (let ordinal = replicas - 1; ordinal >= 0; ordinal--) {
    const pod = at(ordinal);
    if (pod && pod.revision !== revision) return [{ delete: pod }];
  }
  return [];
}

function settled({ now, strategy: { minReadySeconds = 0 } }: ControllerView, pod: LivePod): boolean {
  return isActive(pod) && isAvailable(pod, now, minReadySeconds);
}
