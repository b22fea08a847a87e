import type { Pod, PodTemplate, Workload } from "../../model";
import { asSelector } from "../selectors";
import { COMING_REVISION, ownerSelector, podOf, REVISION_LABEL } from "../workload-pods";
import type { Revision } from "./pod-world";

/** The workload's pods among those of a cluster. */
export function ownPods({ ref, selector, template }: Workload, pods: readonly Pod[]): readonly Pod[] {
  const { matches } = asSelector(selector ?? { matchLabels: template.labels });
  return pods.filter(
    ({ namespace, labels, phase }) =>
      namespace === (ref.namespace ?? "default") &&
      matches(labels) &&
      phase !== "Succeeded" &&
      phase !== "Failed",
  );
}

export interface InitialRevisions {
  /** Oldest first, the current one last. */
  readonly revisions: readonly Revision[];
  /** Revision of each pod given. */
  readonly revisionOf: ReadonlyMap<Pod, number>;
}

/**
 * The revisions that the pods which are there belong to, told apart by `pod-template-hash`. The one that the workload names is the
 * current one; if it names none, that of the youngest pod.
 */
export function initialRevisions(workload: Workload, pods: readonly Pod[]): InitialRevisions {
  const hashOf = ({ labels }: Pod): string => labels[REVISION_LABEL] ?? "";
  const youngest = [...pods].sort((one, other) => age(one) - age(other)).at(-1);
  const named = workload.revisionLabels?.[REVISION_LABEL];
  const current = named ?? (youngest ? hashOf(youngest) : undefined);
  const old = [...new Set(pods.map(hashOf))].filter((hash) => hash !== current);
  const exemplar = (hash: string): Pod | undefined => pods.find((pod) => hashOf(pod) === hash);
  const hashes = [...old, ...(current === undefined ? [] : [current])];
  const revisions = [
    ...old.map((hash) => revision(workload, hash, exemplar(hash))),
    current === undefined ? revision(workload) : revision(workload, current),
  ];
  return { revisions, revisionOf: new Map(pods.map((pod) => [pod, hashes.indexOf(hashOf(pod))])) };
}

function age({ creationTimestamp }: Pod): number {
  return creationTimestamp === undefined ? -Infinity : Date.parse(creationTimestamp);
}

function revision(workload: Workload, hash?: string, like?: Pod): Revision {
  const labels = hash === undefined ? workload.revisionLabels : hash === "" ? {} : { [REVISION_LABEL]: hash };
  const template = like
    ? { ...workload.template, spec: { ...like.spec, nodeName: undefined } }
    : workload.template;
  const itself = { ...workload, template, revisionLabels: labels };
  return { pod: podOf(itself), owner: ownerSelector(itself) };
}

/** The revision that a rollout makes, the `count`-th of its workload. */
export function nextRevision(workload: Workload, template: PodTemplate | undefined, count: number): Revision {
  return revision(
    { ...workload, template: template ?? workload.template },
    hasHash(workload) ? `${COMING_REVISION}-${count}` : "",
  );
}

function hasHash({ ref }: Workload): boolean {
  return ref.kind === "Deployment" || ref.kind === "Rollout";
}
