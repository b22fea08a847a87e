import { nearest } from "@evenkeel/core/model";
import { isMap } from "../reading/field";

/** Collects what is wrong with something that people write by hand; unlike an object of a stack it holds no secrets. */
export interface Written {
  readonly value: Readonly<Record<string, unknown>>;
  /** `nodes[0]`; empty for the whole. */
  readonly path: string;
  readonly problems: string[];
}

export function complain({ path, problems }: Written, key: string, seen: unknown, wanted: string): undefined {
  const at = key === "" ? path : path === "" ? key : `${path}.${key}`;
  problems.push(`${at}: ${shown(seen)}; wanted ${wanted}`);
  return undefined;
}

/** A value in a message: itself where it is short, else its kind. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value.length <= 60 ? value || "empty" : "a long text";
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint"
    ? String(value)
    : "a map";
}

/**
 * The key's value if it is one; what else stands there is named. Absent is no mistake, but a key without a value (`zones:` and
 * nothing behind it) is one.
 */
export function valueOf<T>(
  written: Written,
  key: string,
  test: (value: unknown) => value is T,
  wanted: string,
): T | undefined {
  const value = own(written.value, key);
  if (value === undefined) return undefined;
  return test(value) ? value : complain(written, key, value, wanted);
}

/** Names keys that mean nothing here, with the one that was probably meant. */
export function namedKeys({ value, path, problems }: Written, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const at = path === "" ? key : `${path}.${key}`;
    problems.push(`${at}: unknown key; wanted ${known.join(", ")}${nearest(key, known)}`);
  }
}

export function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isName);
}

export function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isMap(value) && Object.values(value).every((one) => typeof one === "string");
}

export function isFraction(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

export function isWhole(least: number, most: number): (value: unknown) => value is number {
  return (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
