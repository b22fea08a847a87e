import { releaseOf, sinceRelease } from "@evenkeel/core/releases";
import type { ObjectRef, Replicas } from "@evenkeel/core/model";
import { dig, elements, integer, isAbsent, member, text, type Field } from "../reading/field";
import type { OpenObject } from "./object";

/** An autoscaler's range, and the workload that it moves. */
export interface ReadAutoscaler {
  readonly target: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly range: NonNullable<Replicas["range"]> & { readonly by: ObjectRef };
}

export function isAutoscaler({ ref, group }: OpenObject): boolean {
  return (
    (ref.kind === "HorizontalPodAutoscaler" && group === "autoscaling") ||
    (ref.kind === "ScaledObject" && group === "keda.sh")
  );
}

/**
 * Defaults: at least one replica (k/k pkg/apis/autoscaling/v1/defaults.go); KEDA: a Deployment, from none to a hundred
 * (keda.sh/v1alpha1 ScaledObject). Undefined where the target or the upper end is missing or not known.
 */
export function readAutoscaler(
  { ref, field, notes }: OpenObject,
  { kubernetesVersion }: { readonly kubernetesVersion?: string } = {},
): ReadAutoscaler | undefined {
  const spec = member(field, "spec");
  const isKeda = ref.kind === "ScaledObject";
  const target = member(spec, "scaleTargetRef");
  const name = text(member(target, "name"));
  const kind = text(member(target, "kind")) ?? (isKeda ? "Deployment" : undefined);
  const min = isKeda ? kedaMin(spec) : bound(member(spec, "minReplicas"), 1);
  const max = isKeda
    ? bound(member(spec, "maxReplicaCount"), 100)
    : bound(member(spec, "maxReplicas"), undefined);
  const refused = !isKeda && min === 0 ? refusedZero(spec, kubernetesVersion) : undefined;
  if (refused) notes.misread.push({ path: "spec.minReplicas", seen: "0", wanted: refused });
  if (name === undefined || kind === undefined || min === undefined || max === undefined) return undefined;
  const by: ObjectRef = ref;
  return {
    target: { kind, namespace: ref.namespace ?? "", name },
    range: { min: refused ? 1 : min, max: Math.max(refused ? 1 : min, max), by },
  };
}

/**
 * What the API server wants of an HPA that scales to zero; undefined where it accepts it
 * (k/k pkg/apis/autoscaling/validation validateHorizontalPodAutoscalerSpec, gate HPAScaleToZero).
 */
function refusedZero(spec: Field, kubernetesVersion: string | undefined): string | undefined {
  const since = sinceRelease(({ controllers }) => controllers.hpaScaleToZero)?.version;
  if (!releaseOf(kubernetesVersion).controllers.hpaScaleToZero) return `at least 1, or Kubernetes ${since}`;
  const types = elements(member(spec, "metrics")).map((metric) => text(member(metric, "type")));
  return types.includes("Object") || types.includes("External")
    ? undefined
    : "at least one Object or External metric to scale to zero, or at least 1 replica";
}

function bound(field: Field, otherwise: number | undefined): number | undefined {
  if (isAbsent(field)) return otherwise;
  const found = integer(field);
  return found !== undefined && found >= 0 ? found : undefined;
}

/** `idleReplicaCount`, if lower, is what runs while nothing triggers. */
function kedaMin(spec: Field): number | undefined {
  const min = bound(dig(spec, "minReplicaCount"), 0);
  const idle = bound(dig(spec, "idleReplicaCount"), undefined);
  return min === undefined || idle === undefined ? min : Math.min(min, idle);
}
