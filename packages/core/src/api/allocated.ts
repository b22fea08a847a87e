import { isUnknown, type Origin, type Unknown } from "../model";
import type { ServiceObject } from "./service-object";

/**
 * A value that the API server will choose when the Service is created. It is an `Unknown` whose origin names the field of this
 * very Service, so that whatever refers to the same field can be recognised as equal before the number exists.
 */
export interface ToBeAllocated extends Unknown {
  readonly origin: Origin & { readonly field: string };
  readonly allocatedBy: "API server";
}

export function isToBeAllocated(value: unknown): value is ToBeAllocated {
  return isUnknown(value) && (value as { allocatedBy?: unknown }).allocatedBy === "API server";
}

export function toBeAllocated(field: string, { metadata }: ServiceObject): ToBeAllocated {
  const part = (value: unknown) => (typeof value === "string" ? value : "");
  const resource = `Service/${part(metadata.namespace)}/${part(metadata.name)}`;
  return { unknown: true, path: field, origin: { resource, field }, allocatedBy: "API server" };
}
