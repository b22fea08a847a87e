import { REQUIREMENTS, type Requirements } from "@evenkeel/core/decide";
import { isMap, isUnknown } from "@evenkeel/core/model";
import { nearest } from "@evenkeel/rules";
import type { Problem } from "./problem";

/** What is wrong with the value at a path. A value that is not known yet is never wrong. */
export type Check = (value: unknown, path: string) => readonly Problem[];

/** A check for every key of T, so that the compiler asks for one when an argument is added. */
export type Fields<T> = { readonly [K in keyof Required<T>]: Check };

function problem(path: string, value: unknown, wanted: string, hint = ""): readonly Problem[] {
  return [{ path, says: `${shown(value)}; wanted ${wanted}${hint}` }];
}

/** Only a word or number of a closed set is ever shown; anything longer may be a secret. */
function shown(value: unknown): string {
  if (typeof value === "string") return value.length <= 40 ? JSON.stringify(value) : "a text";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined || value === null) return "nothing";
  return Array.isArray(value) ? "a list" : `a ${typeof value === "object" ? "record" : typeof value}`;
}

const when =
  (holds: (value: unknown) => boolean, wanted: string): Check =>
  (value, path) =>
    isUnknown(value) || holds(value) ? [] : problem(path, value, wanted);

export const text: Check = when((value) => typeof value === "string" && value !== "", "a text");
export const flag: Check = when((value) => typeof value === "boolean", "true or false");
/** Read, and judged, by somebody else. */
export const anything: Check = () => [];

/** A resource: unknown while the constructor runs, a record of its properties once they are there. */
export function resource(wanted: string): Check {
  return when(isMap, `${wanted} resource`);
}

export function whole(least: number, most: number): Check {
  return when(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    most === Infinity ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
  );
}

export function number(least: number, most: number): Check {
  return when(
    (value) => typeof value === "number" && value >= least && value <= most,
    `a number from ${least} to ${most}`,
  );
}

/** What core says that a requirement may be. */
export function requirement(name: keyof Requirements): Check {
  const { read, wanted, words = [] } = REQUIREMENTS[name];
  return (value, path) => {
    if (isUnknown(value) || read(value) !== undefined) return [];
    return problem(path, value, wanted, typeof value === "string" ? nearest(value, words) : "");
  };
}

export const port = whole(1, 65535);

/** One of the words of an enum object, or of a list. */
export function word(words: Readonly<Record<string, string>> | readonly string[]): Check {
  const allowed = Object.values(words);
  return (value, path) => {
    if (isUnknown(value) || allowed.some((one) => one === value)) return [];
    return problem(path, value, allowed.join(", "), typeof value === "string" ? nearest(value, allowed) : "");
  };
}

export function listOf(check: Check, least = 0): Check {
  return (value, path) => {
    if (isUnknown(value)) return [];
    if (!Array.isArray(value) || value.length < least)
      return problem(path, value, least > 0 ? `a list of at least ${least}` : "a list");
    return value.flatMap((item: unknown, index) => check(item, `${path}[${index}]`));
  };
}

export const textMap: Check = (value, path) => {
  if (isUnknown(value)) return [];
  if (!isMap(value)) return problem(path, value, "a record of texts");
  return Object.entries(value).flatMap(([key, item]) =>
    isUnknown(item) || typeof item === "string"
      ? []
      : problem(`${path}[${JSON.stringify(key)}]`, item, "a text"),
  );
};

/** A record with these keys and no others; `needs` must be there. */
export function record<T>(fields: Fields<T>, needs: readonly (keyof T & string)[] = []): Check {
  const checks = new Map<string, Check>(Object.entries(fields));
  return (value, path) => {
    if (isUnknown(value)) return [];
    if (!isMap(value)) return problem(path, value, "a record");
    const at = (key: string) => (path === "" ? key : `${path}.${key}`);
    const missing = needs
      .filter((key) => value[key] === undefined)
      .map((key) => ({ path: at(key), says: "missing" }));
    const wrong = Object.entries(value).flatMap(([key, item]): readonly Problem[] => {
      const check = checks.get(key);
      if (!check) return [{ path: at(key), says: `no such argument${nearest(key, [...checks.keys()])}` }];
      return item === undefined ? [] : check(item, at(key));
    });
    return [...missing, ...wrong];
  };
}
