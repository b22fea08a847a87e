import type { Node, PodSpec } from "../model";
import { selectNode, type Scheduler } from "./cycle";
import type { Placement } from "./ensemble";
import { settle, type SettledPod } from "./existing-pods";
import { fitError } from "./fit-error";
import { makePlan, type Plan, type Surroundings } from "./plan";
import { matchesRequired } from "./plugins/node-affinity";
import { untolerated } from "./plugins/taint-toleration";
import type { PlacedPod } from "./pod-facts";

/** A pod that its controller made for one node. */
interface PinnedPod {
  readonly node: number;
  readonly plan: Plan;
}

/** The pods of a DaemonSet, and every plan that has to hear of a pod that was placed. */
export interface DaemonPods {
  readonly pinned: readonly PinnedPod[];
  readonly plans: readonly Plan[];
}

/**
 * The pods that a DaemonSet's controller makes: one for each node whose name, labels and taints suit it, pinned to that node.
 * Whether it fits is then up to the scheduler (k/k pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod).
 */
export function daemonPods(surroundings: Surroundings, pod: PlacedPod, shared: Plan): DaemonPods {
  const { nodes } = surroundings.table;
  const wanted = nodes.flatMap((node, index) => (shouldRun(pod.spec, node) ? [index] : []));
  // Pinning replaces the required node affinity, which only counting for DoNotSchedule constraints would notice.
  const pinnedApart = (pod.spec.topologySpreadConstraints ?? []).some(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === "DoNotSchedule",
  );
  const pinned = wanted.map((node): PinnedPod => {
    const { name } = nodes[node]!;
    return {
      node,
      plan: pinnedApart
        ? makePlan(surroundings, { ...pod, spec: pinTo(pod.spec, name) })
        : { ...shared, named: { only: new Set([name]), by: ["NodeAffinity"] } },
    };
  });
  return { pinned, plans: pinnedApart ? pinned.map(({ plan }) => plan) : [shared] };
}

export function placeOnEveryNode(world: Scheduler, { pinned, plans }: DaemonPods): Placement {
  const podsOnNode = new Array<number>(world.table.size).fill(0);
  let pending = 0;
  let why: string | undefined;
  for (const { node, plan } of pinned) {
    if (selectNode(world, plan) === node) {
      const placed: SettledPod = { facts: plan.facts, node };
      settle(world.load, plans, placed);
      podsOnNode[node] = 1;
    } else {
      pending++;
      why ??= fitError(world, plan);
    }
  }
  return { podsOnNode, pending, ...(why === undefined ? {} : { why }) };
}

/** Whether the DaemonSet's controller wants a pod on the node. */
export function shouldRun(spec: PodSpec, node: Node): boolean {
  return (
    (!spec.nodeName || spec.nodeName === node.name) &&
    matchesRequired(spec, node) &&
    untolerated(node, spec.tolerations ?? []) === undefined
  );
}

/** k/k pkg/controller/daemon/util/daemonset_util.go ReplaceDaemonSetPodNodeNameNodeAffinity. */
function pinTo(spec: PodSpec, name: string): PodSpec {
  const matchFields = [{ key: "metadata.name", operator: "In", values: [name] }] as const;
  return {
    ...spec,
    affinity: {
      ...spec.affinity,
      nodeAffinity: {
        ...spec.affinity?.nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
      },
    },
  };
}
