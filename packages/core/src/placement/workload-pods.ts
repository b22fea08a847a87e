import type { Labels, Toleration, Workload } from "../model";
import type { PlacedPod } from "./pod-facts";
import type { OwnerSelector } from "./plugins/spread-constraints";
import { asSelector, both, fromPairs } from "./selectors";

/**
 * Kinds whose pods belong to an object that default spreading knows (ReplicaSet, StatefulSet, ReplicationController). Argo Rollouts
 * keep ReplicaSets; a CloneSet owns its pods itself, so only its Services count.
 */
const SPREAD_BY_OWNER = new Set([
  "Deployment",
  "Rollout",
  "ReplicaSet",
  "StatefulSet",
  "ReplicationController",
]);

/** Label that tells the pods of one revision of a Deployment from the others. */
export const REVISION_LABEL = "pod-template-hash";

/** The label of a revision whose hash nobody has seen yet; no real hash looks like it. */
export const COMING_REVISION = "coming";

/** Labels that the controller will add to the pods: those given, else a stand-in for a Deployment's revision. */
function revisionLabels({ ref, revisionLabels }: Workload): Labels {
  return revisionLabels ?? (ref.kind === "Deployment" ? { [REVISION_LABEL]: COMING_REVISION } : {});
}

/** A pod as the workload's controller creates it. */
export function podOf(workload: Workload): PlacedPod {
  const { ref, template, runs } = workload;
  const tolerations = template.spec.tolerations ?? [];
  return {
    namespace: ref.namespace ?? "default",
    labels: { ...template.labels, ...revisionLabels(workload) },
    spec:
      runs === "everyNode"
        ? {
            ...template.spec,
            tolerations: [...tolerations, ...daemonTolerations(template.spec.hostNetwork === true)],
          }
        : template.spec,
  };
}

/** Selector of the object that owns the pods, for default spreading. */
export function ownerSelector(workload: Workload): OwnerSelector {
  if (!SPREAD_BY_OWNER.has(workload.ref.kind) || !workload.selector) return {};
  return { selector: both(asSelector(workload.selector), fromPairs(revisionLabels(workload))) };
}

/** k/k pkg/controller/daemon/util/daemonset_util.go AddOrUpdateDaemonPodTolerations. */
function daemonTolerations(hostNetwork: boolean): readonly Toleration[] {
  const tolerate = (name: string, effect: "NoExecute" | "NoSchedule"): Toleration => ({
    key: `node.kubernetes.io/${name}`,
    operator: "Exists",
    effect,
  });
  return [
    tolerate("not-ready", "NoExecute"),
    tolerate("unreachable", "NoExecute"),
    tolerate("disk-pressure", "NoSchedule"),
    tolerate("memory-pressure", "NoSchedule"),
    tolerate("pid-pressure", "NoSchedule"),
    tolerate("unschedulable", "NoSchedule"),
    ...(hostNetwork ? [tolerate("network-unavailable", "NoSchedule")] : []),
  ];
}
