import { currentRevision, type Action, type Controller, type ControllerView } from "./controller";
import { daemonFenceposts } from "./fenceposts";
import { isActive, isAvailable, type LivePod } from "./live-pod";

interface OnNode {
  readonly node: string;
  readonly pods: readonly LivePod[];
  readonly fresh?: LivePod;
  readonly old?: LivePod;
}

/** A DaemonSet (k/k pkg/controller/daemon: manage, rollingUpdate): a pod on each node that should run one, renewed node by node. */
export const daemonSet: Controller = (view) => {
  const revision = currentRevision(view);
  const unwanted = view.pods.filter((pod) => isActive(pod) && !view.wanted.includes(pod.pinnedTo ?? ""));
  const missing = view.wanted.filter((node) => !view.pods.some(({ pinnedTo }) => pinnedTo === node));
  const actions: readonly Action[] = [
    ...unwanted.map((pod) => ({ delete: pod })),
    ...missing.map((pinnedTo) => ({ create: { revision, pinnedTo } })),
  ];
  return {
    sizes: view.sizes,
    actions: actions.length > 0 || view.strategy.type === "OnDelete" ? actions : renew(view),
  };
};

function renew(view: ControllerView): readonly Action[] {
  const { surge, unavailable } = daemonFenceposts(view.strategy, view.wanted.length);
  const nodes = shuffled(view).map((node) => onNode(view, node));
  return surge === 0 ? replace(view, nodes, unavailable) : surgeOnto(view, nodes, surge);
}

/** Old pods go first; at most `most` nodes are without an available pod. */
function replace(view: ControllerView, nodes: readonly OnNode[], most: number): readonly Action[] {
  const up = (pod: LivePod): boolean => available(view, pod);
  const down = nodes.filter(({ fresh, old }) => !(fresh ?? old) || !up((fresh ?? old)!)).length;
  const dead = nodes.flatMap(({ fresh, old }) => (old && !fresh && !up(old) ? [old] : []));
  const candidates = nodes.flatMap(({ fresh, old }) => (old && !fresh && up(old) ? [old] : []));
  return [...dead, ...candidates.slice(0, Math.max(most - down, 0))].map((pod) => ({ delete: pod }));
}

/** New pods come first, on at most `most` nodes at once, and each sends its old one away when it is available. */
function surgeOnto(view: ControllerView, nodes: readonly OnNode[], most: number): readonly Action[] {
  const revision = currentRevision(view);
  const superseded = nodes.flatMap(({ fresh, old }) => (fresh && old && available(view, fresh) ? [old] : []));
  const surging = nodes.filter(({ fresh, old }) => fresh && old && !available(view, fresh)).length;
  const stale = nodes.filter(({ fresh, old }) => old && !fresh);
  const dead = stale.filter(({ old }) => old && !available(view, old));
  const candidates = stale
    .filter(({ old }) => old && available(view, old))
    .slice(0, Math.max(most - surging, 0));
  return [
    ...superseded.map((pod) => ({ delete: pod })),
    ...[...dead, ...candidates].map(({ node }) => ({ create: { revision, pinnedTo: node } })),
  ];
}

function onNode(view: ControllerView, node: string): OnNode {
  const pods = view.pods.filter((pod) => pod.pinnedTo === node && isActive(pod));
  const revision = currentRevision(view);
  return {
    node,
    pods,
    fresh: pods.find((pod) => pod.revision === revision),
    old: pods.find((pod) => pod.revision !== revision),
  };
}

function available({ now, strategy: { minReadySeconds = 0 } }: ControllerView, pod: LivePod): boolean {
  return isAvailable(pod, now, minReadySeconds);
}

/** The controller walks a Go map. */
function shuffled({ wanted, random }: ControllerView): readonly string[] {
  const nodes = [...wanted];
  for (let last = nodes.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [nodes[last], nodes[other]] = [nodes[other]!, nodes[last]!];
  }
  return nodes;
}
