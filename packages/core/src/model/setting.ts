import type { Knowable } from "./knowable";
import type { ObjectRef } from "./ref";

/** One place that a person can edit: a field of a resource, or an annotation. */
export interface Place {
  readonly resource: ObjectRef;
  /** `spec.externalTrafficPolicy`, `healthCheck.protocol`, `metadata.annotations["…/aws-load-balancer-scheme"]`. */
  readonly path: string;
  /** One-based line of the file that `resource` was read from, where the source knows it; paths into YAML are looked up later. */
  readonly line?: number;
}

/**
 * A value with the place it is written at, or would be written at if it were. The same setting of a load balancer is an
 * annotation in one program and a resource property in another; rules and messages need both the value and the place.
 */
export interface Setting<T> {
  readonly value: Knowable<T>;
  readonly at: Place;
  /** `given` if somebody wrote it; `default` if the controller, the provider or the cloud fills it in. */
  readonly by: "given" | "default";
}

export function given<T>(value: Knowable<T>, at: Place): Setting<T> {
  return { value, at, by: "given" };
}

export function byDefault<T>(value: Knowable<T>, at: Place): Setting<T> {
  return { value, at, by: "default" };
}
