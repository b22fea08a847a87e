import { unknownAt, type Origin } from "@evenkeel/core/model";
import { isUnknownValue } from "./unknown-value";

export type PlainMap = Readonly<Record<string, unknown>>;

/** Names the resource that a top-level property was computed from. */
export type OriginOf = (property: string) => Origin | undefined;

/**
 * Properties as policies receive them, as plain JSON with `Unknown` in place of what is not known. Reading an unknown value of a
 * policy's properties throws; here each throw costs its own field only. Secrets arrive unwrapped.
 */
export function plainProperties(properties: PlainMap, originOf: OriginOf = () => undefined): PlainMap {
  return Object.fromEntries(
    Object.keys(properties).map((key) => [key, plainMember(properties, key, keyed("", key), originOf(key))]),
  );
}

function plainMember(
  holder: object,
  key: string | number,
  path: string,
  origin: Origin | undefined,
): unknown {
  let value: unknown;
  try {
    value = Reflect.get(holder, key);
  } catch (error) {
    if (isUnknownValue(error)) return unknownAt(path, origin);
    throw error;
  }
  return plainValue(value, path, origin);
}

function plainValue(value: unknown, path: string, origin: Origin | undefined): unknown {
  // Not `map`, which reads every element before the first is looked at.
  if (Array.isArray(value))
    return Array.from({ length: value.length }, (_, index) =>
      plainMember(value, index, `${path}[${index}]`, origin),
    );
  if (isMap(value))
    return Object.fromEntries(
      Object.keys(value).map((key) => [key, plainMember(value, key, keyed(path, key), origin)]),
    );
  return typeof value === "function" ? undefined : value;
}

/** `spec.ports[0].port`, `metadata.annotations["a.b/c"]`. */
export function keyed(path: string, key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key)
    ? `${path === "" ? "" : `${path}.`}${key}`
    : `${path}[${JSON.stringify(key)}]`;
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
