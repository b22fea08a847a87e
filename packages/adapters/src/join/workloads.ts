import {
  displayName,
  isUnknown,
  mapSelects,
  type Missing,
  type Pod,
  type Service,
  type Workload,
} from "@evenkeel/core/model";
import type { ReadAutoscaler } from "../kubernetes/autoscaler";
import type { ReadWorkload } from "../kubernetes/workload";

/** What the selector of a Service matches, and what is not in sight. */
export interface JoinedWorkloads {
  readonly workloads: readonly Workload[];
  readonly missing: readonly Missing[];
}

/** Workloads of a source, ready to be asked by many Services. */
export interface WorkloadIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
}

/**
 * Workloads that stand for themselves: a ReplicaSet that a Deployment (or Rollout) in sight owns is that one's affair, and lends it
 * the labels of its current revision. Autoscalers give their range.
 */
export function indexWorkloads(
  read: readonly ReadWorkload[],
  autoscalers: readonly ReadAutoscaler[],
): WorkloadIndex {
  const known = new Set(read.map(({ workload: { ref } }) => key(ref.kind, ref.namespace, ref.name)));
  const byNamespace = new Map<string, Workload[]>();
  for (const { workload, owner, revision } of read) {
    const { ref } = workload;
    if (owner && known.has(key(owner.kind, ref.namespace, owner.name))) continue;
    const range = autoscalers.find(
      ({ target }) =>
        target.kind === ref.kind && target.name === ref.name && target.namespace === (ref.namespace ?? ""),
    )?.range;
    const labels = revision === undefined ? undefined : revisionLabels(workload, revision, read);
    const whole: Workload = {
      ...workload,
      ...(range ? { replicas: { ...workload.replicas, range } } : {}),
      ...(labels ? { revisionLabels: labels } : {}),
    };
    byNamespace.set(ref.namespace ?? "", [...(byNamespace.get(ref.namespace ?? "") ?? []), whole]);
  }
  return { byNamespace };
}

const HASH = "pod-template-hash";

function revisionLabels(
  { ref }: Workload,
  revision: string,
  read: readonly ReadWorkload[],
): Readonly<Record<string, string>> | undefined {
  const current = read.find(
    (one) =>
      one.owner?.kind === ref.kind &&
      one.owner.name === ref.name &&
      one.workload.ref.namespace === ref.namespace &&
      one.revision === revision,
  );
  const hash = current?.workload.template.labels[HASH];
  return hash === undefined ? undefined : { [HASH]: hash };
}

/** The workloads whose pods a Service selects; bare pods that nobody owns count as one workload of their own. */
export function workloadsOf(
  { selector, ref }: Service,
  { byNamespace }: WorkloadIndex,
  pods: readonly Pod[],
): JoinedWorkloads {
  if (selector === undefined) return { workloads: [], missing: [] };
  if (isUnknown(selector)) {
    return {
      workloads: [],
      missing: [
        missing(
          `the selector of ${displayName(ref)} is not known yet (${selector.path})`,
          "set the selector to plain values",
        ),
      ],
    };
  }
  const found = (byNamespace.get(ref.namespace ?? "") ?? []).filter(({ template }) =>
    mapSelects(selector, template.labels),
  );
  if (found.length > 0) return { workloads: found, missing: [] };
  const bare = pods.filter(
    ({ namespace, labels, owner }) => namespace === ref.namespace && !owner && mapSelects(selector, labels),
  );
  if (bare.length > 0) return { workloads: [barePods(bare)], missing: [] };
  const said = Object.entries(selector)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  return {
    workloads: [],
    missing: [
      missing(
        `no workload in this input has pods with ${said}`,
        "pass its manifest, or join it with --with FILE",
      ),
    ],
  };
}

function barePods(pods: readonly Pod[]): Workload {
  const [first] = pods;
  const { namespace = "", name = "", labels = {}, spec = { containers: [] } } = first ?? {};
  return {
    ref: { kind: "Pod", namespace, name: pods.length > 1 ? `${name} and ${pods.length - 1} more` : name },
    runs: "replicas",
    replicas: { count: pods.length, by: "given" },
    // Bare pods have no owner whose selector would spread them.
    template: { labels, spec: { ...spec, nodeName: undefined } },
  };
}

function missing(detail: string, how: string): Missing {
  return { what: "workload", detail, how };
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}
