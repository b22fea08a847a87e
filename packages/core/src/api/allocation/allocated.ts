import { isUnknown, type Origin, type Unknown } from "../../model";
import type { ObjectMeta } from "../service/service-object";

/**
 * A value that the API server will choose when the object is created. It is an `Unknown` whose origin names the field of this very
 * object, so that whatever refers to the same field can be recognised as equal before the number exists.
 */
export interface ToBeAllocated extends Unknown {
  readonly origin: Origin & { readonly field: string };
  readonly allocatedBy: "API server";
}

export function isToBeAllocated(value: unknown): value is ToBeAllocated {
  return isUnknown(value) && (value as { allocatedBy?: unknown }).allocatedBy === "API server";
}

export function toBeAllocated(
  field: string,
  { metadata }: { readonly metadata: ObjectMeta },
  kind = "Service",
): ToBeAllocated {
  const part = (value: unknown) => (typeof value === "string" ? value : "");
  const resource = `${kind}/${part(metadata.namespace)}/${part(metadata.name)}`;
  return { unknown: true, path: field, origin: { resource, field }, allocatedBy: "API server" };
}
