import {
  mapKnown,
  selects,
  type ObjectRef,
  type Pod,
  type Replicas,
  type Workload,
} from "@evenkeel/core/model";
import type { ReadAutoscaler } from "../kubernetes/autoscaler";
import type { ReadDisruptionBudget } from "../kubernetes/disruption-budget";
import type { ReadPod } from "../kubernetes/pod";
import type { ReadWorkload } from "../kubernetes/workload";
import { present } from "../reading/present";
import { withTemplates } from "./lent-templates";
import type { Objects } from "./objects";
import { inOverlay, rivalsAmong } from "./overlay";

/** Workloads of a source, ready to be asked by many Services. */
export interface WorkloadIndex {
  readonly byNamespace: ReadonlyMap<string, readonly IndexedWorkload[]>;
  /** By namespace and each label of the pods, so that large inputs are not walked for every Service. */
  readonly byLabel: ReadonlyMap<string, readonly IndexedWorkload[]>;
  /** Workloads whose template is another's that is not in sight, by namespace. */
  readonly waiting: ReadonlyMap<string, readonly ReadWorkload[]>;
  /** Pods that no workload makes, in the same way. */
  readonly barePods: ReadonlyMap<string, readonly ReadPod[]>;
}

type Range = ReadAutoscaler["range"];

export interface IndexedWorkload {
  readonly workload: Workload;
  /** Fields of the pod template that are not known yet. */
  readonly unknown: readonly string[];
  readonly scope?: string;
  /** The workload in sight that this is a revision of. */
  readonly revisionOf?: string;
}

/**
 * Workloads that stand for themselves: a ReplicaSet that a Deployment (or Rollout) in sight owns is that one's affair, and lends it
 * the labels of its current revision; it stands for itself only before a Service that selects one revision alone, as Argo Rollouts
 * has its stable and canary Services do. An old revision runs nothing. Autoscalers give their range.
 */
export function indexWorkloads(
  all: readonly ReadWorkload[],
  { autoscalers, budgets, pods }: Pick<Objects, "autoscalers" | "budgets" | "pods">,
): WorkloadIndex {
  const { workloads: read, waiting } = withTemplates(all);
  const known = new Set(read.map(({ workload }) => keyOf(workload)));
  const rivalsOf = rivalsAmong(read.map(({ workload: { ref } }) => ref));
  const ranges = new Map<string, Range[]>();
  for (const { target, range } of autoscalers)
    append(ranges, key(target.kind, target.namespace, target.name), range);
  const budgetsIn = new Map<string, ReadDisruptionBudget[]>();
  for (const one of budgets) append(budgetsIn, one.ref.namespace ?? "", one);
  const revisions = new Map(
    read.flatMap((one) => (one.owner ? [[revisionKey(one), one.workload] as const] : [])),
  );
  const byNamespace = new Map<string, IndexedWorkload[]>();
  const byLabel = new Map<string, IndexedWorkload[]>();
  for (const { workload, owner, revision, unknown, scope } of read) {
    const { ref, replicas } = workload;
    if (owner && replicas.count === 0) continue;
    const ownerKey = owner && key(owner.kind, ref.namespace, owner.name);
    const revisionOf = ownerKey !== undefined && known.has(ownerKey) ? ownerKey : undefined;
    const scaling = ranges.get(keyOf(workload)) ?? [];
    const range = inOverlay(scaling, ({ by }) => by, ref, rivalsOf(ref)).at(-1);
    const hash =
      revision === undefined
        ? undefined
        : revisions.get(`${keyOf(workload)}@${revision}`)?.template.labels[HASH];
    const labelled: Workload = {
      ...workload,
      ...(range ? { replicas: inRange(replicas, range) } : {}),
      ...(hash === undefined ? {} : { revisionLabels: { [HASH]: hash } }),
    };
    const budget = budgetFor(labelled, budgetsIn.get(ref.namespace ?? "") ?? [], rivalsOf(ref));
    const whole = budget ? { ...labelled, budget } : labelled;
    const paths = [...new Set(unknown.map(({ path }) => path))].filter((path) =>
      path.startsWith("spec.template"),
    );
    const indexed = present({ workload: whole, unknown: paths, scope, revisionOf });
    append(byNamespace, ref.namespace ?? "", indexed);
    for (const label of Object.entries(labelsOf(whole)))
      append(byLabel, labelKey(ref.namespace, label), indexed);
  }
  const barePods = new Map<string, ReadPod[]>();
  for (const pod of pods.filter((one) => !one.owner && isAlive(one))) {
    for (const label of Object.entries(pod.labels)) append(barePods, labelKey(pod.namespace, label), pod);
  }
  const waitingBy = new Map<string, ReadWorkload[]>();
  for (const one of waiting) append(waitingBy, one.workload.ref.namespace ?? "", one);
  return { byNamespace, byLabel, barePods, waiting: waitingBy };
}

/**
 * What evictions of the workload's pods keep to. A pod that two budgets are for is not evicted at all (k/k
 * pkg/registry/core/pod/storage/eviction.go).
 */
function budgetFor(
  workload: Workload,
  budgets: readonly ReadDisruptionBudget[],
  rivals: readonly ObjectRef[],
): Workload["budget"] {
  const selecting = budgets.filter(({ selector }) => selects(selector, labelsOf(workload)));
  const found = inOverlay(selecting, (one) => one.ref, workload.ref, rivals);
  const [only, ...more] = found;
  if (!only) return undefined;
  return { ...(more.length > 0 ? { maxUnavailable: 0 } : only.budget), by: found.map(({ ref }) => ref) };
}

/** All workloads of a source, selected or not. */
export function allOf({ byNamespace }: WorkloadIndex): readonly Workload[] {
  return [...byNamespace.values()].flatMap((indexed) => indexed.map(({ workload }) => workload));
}

export function labelsOf({ template, revisionLabels }: Workload): Readonly<Record<string, string>> {
  return { ...template.labels, ...revisionLabels };
}

export function labelKey(namespace: string | undefined, [name, value]: readonly [string, string]): string {
  return `${namespace ?? ""}\u0000${name}\u0000${value}`;
}

const HASH = "pod-template-hash";

function revisionKey({ workload: { ref }, owner, revision }: ReadWorkload): string {
  return `${key(owner?.kind ?? "", ref.namespace, owner?.name ?? "")}@${revision ?? ""}`;
}

/** The autoscaler brings the count into its range at once, whatever is written. */
function inRange({ count, by }: Replicas, range: NonNullable<Replicas["range"]>): Replicas {
  const clamped = mapKnown(count, (n) => Math.min(Math.max(n, range.min), range.max));
  return { count: clamped, by: clamped === count ? by : "given", range };
}

function isAlive({ phase }: Pod): boolean {
  return phase !== "Succeeded" && phase !== "Failed";
}

function append<T>(map: Map<string, T[]>, at: string, one: T): void {
  const list = map.get(at);
  if (list) list.push(one);
  else map.set(at, [one]);
}

export function keyOf({ ref }: Workload): string {
  return key(ref.kind, ref.namespace, ref.name);
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}
