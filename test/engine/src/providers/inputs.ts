import {
  Asset,
  ResourceReference,
  Secret,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "@evenkeel/offline";

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  const special = [Unknown, Secret, ResourceReference, Asset].some((known) => value instanceof known);
  return typeof value === "object" && value !== null && !isList(value) && !special;
}

/** True if `test` holds for the value or for one within it. */
export function contains(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (value instanceof Secret) return contains(value.value, test);
  if (isList(value)) return value.some((item) => contains(item, test));
  return isMap(value) && Object.values(value).some((item) => contains(item, test));
}

/** Top-level keys whose values differ; an unknown value differs from everything. */
export function changedKeys(
  before: PropertyMap,
  after: PropertyMap,
  ignored: readonly string[] = [],
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !ignored.includes(key) && !same(before[key], after[key]));
}

export function same(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === undefined || b === undefined || a === null || b === null) return (a ?? null) === (b ?? null);
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a instanceof Secret || b instanceof Secret)
    return a instanceof Secret && b instanceof Secret && same(a.value, b.value);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (isMap(a) && isMap(b)) return changedKeys(a, b).length === 0;
  return a === b;
}

/** The value at a path of keys; undefined where the path leaves the maps. */
export function at(value: PropertyValue | undefined, ...path: readonly string[]): PropertyValue | undefined {
  return path.reduce<PropertyValue | undefined>(
    (inner, key) => (isMap(inner) ? inner[key] : undefined),
    value,
  );
}

/** Replaces every unknown; `choose` is told where it stands. */
export function fillUnknowns(
  map: PropertyMap,
  choose: (path: readonly string[]) => PropertyValue,
  prefix: readonly string[] = [],
): PropertyMap {
  const fill = (value: PropertyValue, path: readonly string[]): PropertyValue => {
    if (value instanceof Unknown) return choose(path);
    if (isList(value)) return value.map((item, index) => fill(item, [...path, String(index)]));
    return isMap(value) ? fillUnknowns(value, choose, path) : value;
  };
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, fill(value, [...prefix, key])]));
}
