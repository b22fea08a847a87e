import { workloadKindOf } from "@evenkeel/core/api";
import type { Knowable, OwnerReference, RolloutStrategy, Unknown, Workload } from "@evenkeel/core/model";
import {
  dig,
  integer,
  integerOrText,
  isAbsent,
  isMap,
  knowable,
  member,
  text,
  type Field,
} from "../reading/field";
import { present } from "../reading/present";
import { readController } from "./owner";
import { calledAddresses } from "./called-addresses";
import { claimsOf } from "./claims";
import { writtenObject, type OpenObject } from "./object";
import { readEnvironment } from "./environment";
import { readPodTemplate } from "./pod-template";
import { readWorkloadSelector } from "./selector";

/** A workload with what only the join needs. */
export interface ReadWorkload {
  readonly workload: Workload;
  readonly owner?: OwnerReference;
  /** `deployment.kubernetes.io/revision`, on a Deployment and its ReplicaSets. */
  readonly revision?: string;
  /** The workload that lends this one its pod template, which is then none of its own. */
  readonly templateFrom?: TemplateFrom;
  /** Fields of the pod template that are not known yet and were read as absent. */
  readonly unknown: readonly Unknown[];
  /** IP addresses that its containers are told of. */
  readonly calls: readonly string[];
  readonly scope?: string;
}

/** Argo Rollouts `spec.workloadRef`. */
interface TemplateFrom {
  readonly kind: string;
  readonly name: string;
  /** Whether the controller takes the lender down to no pods, `scaleDown: onsuccess` or `progressively`; else it runs on. */
  readonly scalesDown: boolean;
}

/** Runs to an end and is no server, though it has a template and, as stored, a selector. */
const TO_AN_END = new Set(["Job", "CronJob"]);

/** Deployment, StatefulSet, DaemonSet, ReplicaSet and whatever else has a selector and a pod template, or borrows one. */
export function isWorkload(object: OpenObject): boolean {
  const { field, ref } = object;
  const spec = member(field, "spec");
  const template = member(spec, "template");
  if (borrowsTemplate(object)) return true;
  if (TO_AN_END.has(ref.kind) || !hasMap(template)) return false;
  return (
    !isAbsent(member(spec, "selector")) || (workloadKindOf(field.value) !== undefined && isWhole(template))
  );
}

/** Of Argo alone: the Rollout of OpenKruise has a field of that name, and is no workload. */
function borrowsTemplate({ field, ref, group }: OpenObject): boolean {
  return group === "argoproj.io" && ref.kind === "Rollout" && hasMap(dig(field, "spec", "workloadRef"));
}

/** Labels and containers with images: no patch, but a template whose selector somebody forgot. */
function isWhole(template: Field): boolean {
  const { value } = dig(template, "spec", "containers");
  return (
    hasMap(dig(template, "metadata", "labels")) &&
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((container: unknown) => isMap(container) && "image" in container)
  );
}

function hasMap({ value }: Field): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readWorkload(object: OpenObject): ReadWorkload {
  const { ref, field, notes, scope } = object;
  const spec = member(field, "spec");
  const everyNode = ref.kind === "DaemonSet";
  const replicas = knowable(member(spec, "replicas"), integer);
  const workload: Workload = present({
    ref,
    runs: everyNode ? ("everyNode" as const) : ("replicas" as const),
    replicas: replicasOf(replicas),
    selector: readWorkloadSelector(spec),
    template: readPodTemplate(member(spec, "template")),
    environment: readEnvironment(member(spec, "template")),
    strategy: readStrategy(object, everyNode),
    claims: claimsOf(spec),
    written: workloadKindOf(field.value) ? writtenObject(object) : undefined,
  });
  return present({
    workload,
    owner: readController(field),
    templateFrom: borrowsTemplate(object) ? readTemplateFrom(member(spec, "workloadRef")) : undefined,
    revision: text(dig(field, "metadata", "annotations", "deployment.kubernetes.io/revision")),
    unknown: notes.unknown,
    calls: calledAddresses(member(spec, "template")),
    scope,
  });
}

/** One replica where nobody says (k/k pkg/apis/apps/v1/defaults.go). */
function replicasOf(written: Knowable<number> | undefined): Workload["replicas"] {
  return written === undefined ? { count: 1, by: "default" } : { count: written, by: "given" };
}

function readTemplateFrom(field: Field): TemplateFrom {
  const scaleDown = member(field, "scaleDown").value;
  return {
    kind: text(member(field, "kind")) ?? "",
    name: text(member(field, "name")) ?? "",
    scalesDown: scaleDown === "onsuccess" || scaleDown === "progressively",
  };
}

const STRATEGIES: readonly RolloutStrategy["type"][] = ["RollingUpdate", "Recreate", "OnDelete"];

/** `strategy` of a Deployment, `updateStrategy` of a StatefulSet or DaemonSet; defaults are left to those who use them. */
function readStrategy(
  { ref, group, field: object }: OpenObject,
  everyNode: boolean,
): RolloutStrategy | undefined {
  const spec = member(object, "spec");
  const written = member(spec, "strategy");
  const field = isAbsent(written) ? member(spec, "updateStrategy") : written;
  const minReadySeconds = integer(member(spec, "minReadySeconds"));
  if (group === "apps.kruise.io" && ref.kind === "CloneSet") return cloneSet(field, minReadySeconds);
  const podManagement =
    member(spec, "podManagementPolicy").value === "Parallel" ? ("Parallel" as const) : undefined;
  if (
    (isAbsent(field) || typeof field.value !== "object") &&
    minReadySeconds === undefined &&
    podManagement === undefined
  )
    return undefined;
  if (hasMap(member(field, "blueGreen"))) return present({ ...BLUE_GREEN, minReadySeconds });
  // The canaries of Argo Rollouts are strategies without a type.
  const named = member(field, "type").value;
  const type = STRATEGIES.find((name) => name === named) ?? "RollingUpdate";
  const canary = member(field, "canary");
  const rolling = hasMap(canary) ? canary : member(field, "rollingUpdate");
  return present({
    type,
    maxSurge: everyNode && type !== "RollingUpdate" ? undefined : integerOrText(member(rolling, "maxSurge")),
    maxUnavailable: integerOrText(member(rolling, "maxUnavailable")),
    minReadySeconds,
    partition: ref.kind === "StatefulSet" ? integer(member(rolling, "partition")) : undefined,
    podManagement,
  });
}

/** Argo Rollouts: all new pods are ready before the Service turns to them. */
const BLUE_GREEN: RolloutStrategy = { type: "RollingUpdate", maxSurge: "100%", maxUnavailable: 0 };

/**
 * OpenKruise: both numbers stand beside the type, whose ways to replace a pod (`ReCreate`, `InPlaceIfPossible`) all go on pod by pod
 * (kruise apis/apps/v1alpha1 CloneSetUpdateStrategy and its defaults).
 */
function cloneSet(field: Field, minReadySeconds: number | undefined): RolloutStrategy {
  return present({
    type: "RollingUpdate" as const,
    maxSurge: integerOrText(member(field, "maxSurge")) ?? 0,
    maxUnavailable: integerOrText(member(field, "maxUnavailable")) ?? "20%",
    minReadySeconds,
  });
}
