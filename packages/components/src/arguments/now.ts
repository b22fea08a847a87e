import { isUnknown, unknownAt } from "@evenkeel/core/model";
import { Output, Resource } from "@pulumi/pulumi";

/**
 * Arguments as far as they are known while the constructor runs: what an Output or a Promise will bring is `Unknown`, by its path.
 * Absent keys are left out.
 */
export function knownNow(value: unknown, path = ""): unknown {
  if (isLater(value) || Resource.isInstance(value)) return unknownAt(path);
  if (Array.isArray(value)) return value.map((item: unknown, index) => knownNow(item, `${path}[${index}]`));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, knownNow(item, path === "" ? key : `${path}.${key}`)]),
  );
}

/** Whether a value comes later. */
export function isLater(value: unknown): boolean {
  return Output.isInstance(value) || value instanceof Promise;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Resource.isInstance(value);
}

/** Whether nothing in a value of `knownNow` is still to come. */
export function isKnownThroughout(value: unknown): boolean {
  if (isUnknown(value)) return false;
  if (Array.isArray(value)) return value.every(isKnownThroughout);
  return !isPlainObject(value) || Object.values(value).every(isKnownThroughout);
}
