import { isMap } from "@evenkeel/core/model";

/** Maps, texts, numbers and flags; `null` removes a field. */
export interface MergePatch {
  readonly [key: string]: string | number | boolean | null | MergePatch;
}

/** The patch without what only names its object; undefined if there is more in it than maps and plain values. */
export function asMergePatch(document: unknown): MergePatch | undefined {
  if (!isMap(document)) return undefined;
  const { apiVersion: _version, kind: _kind, metadata, ...fields } = document;
  const { name: _name, namespace: _namespace, ...rest } = isMap(metadata) ? metadata : {};
  const patch = { ...fields, ...(Object.keys(rest).length > 0 ? { metadata: rest } : {}) };
  return isMergePatch(patch) ? patch : undefined;
}

function isMergePatch(value: unknown): value is MergePatch {
  return (
    isMap(value) &&
    Object.values(value).every((field) => field === null || typeof field !== "object" || isMergePatch(field))
  );
}

/** Writes the patch into an object, in place: what the patch does not name is not even read. */
export function mergeInto(object: Record<string, unknown>, patch: MergePatch): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete object[key];
    else if (typeof value !== "object") object[key] = value;
    else mergeInto(innerObject(object, key), value);
  }
}

function innerObject(object: Record<string, unknown>, key: string): Record<string, unknown> {
  if (!isObject(object[key])) object[key] = {};
  // Read anew: a proxy hands out its own view of what was written.
  const inner = object[key];
  return isObject(inner) ? inner : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return isMap(value);
}
