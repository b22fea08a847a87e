import { isUnknown, unknownAt, type Knowable, type Unknown } from "@evenkeel/core/model";

/** What a reader has to say about one object: fields that it could not use, and fields that are not known yet. */
export interface Notes {
  readonly misread: { readonly path: string; readonly seen: string; readonly wanted: string }[];
  readonly unknown: Unknown[];
}

export function notes(): Notes {
  return { misread: [], unknown: [] };
}

/**
 * A value at its place in an object of any source. Readers are total: whatever the value is, they return, and what they cannot use
 * is noted and read as absent. `null` is absent, as it is for the API server.
 */
export interface Field {
  readonly value: unknown;
  /** `spec.template.spec.containers[0].image`; empty for the object itself. */
  readonly path: string;
  readonly notes: Notes;
}

export function rootField(value: unknown, into: Notes = notes()): Field {
  return { value, path: "", notes: into };
}

/** The member of a map, own keys only. What lies under an unknown is unknown. */
export function member(field: Field, key: string): Field {
  const path = keyed(field.path, key);
  return {
    value: isUnknown(field.value) ? under(field.value, path) : ownValue(field, key),
    path,
    notes: field.notes,
  };
}

/** `member(member(field, "spec"), "template")` in one. */
export function dig(field: Field, ...keys: readonly string[]): Field {
  return keys.reduce(member, field);
}

function under({ origin }: Unknown, path: string): Unknown {
  return unknownAt(path, origin);
}

function ownValue(field: Field, key: string): unknown {
  const map = asMap(field);
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

export function isAbsent({ value }: Field): boolean {
  return value === undefined || value === null;
}

/** Whether the value is not known yet; noted, since nothing can be read below it. */
export function isOpen(field: Field): boolean {
  if (!isUnknown(field.value)) return false;
  field.notes.unknown.push(unknownAt(field.path, originOf(field.value)));
  return true;
}

/** Keys and members of a map; none where there is no map. */
export function entries(field: Field): readonly (readonly [string, Field])[] {
  if (isOpen(field)) return [];
  const map = asMap(field);
  return map
    ? Object.keys(map).map((key) => [key, { ...field, value: map[key], path: keyed(field.path, key) }])
    : [];
}

/** Elements of a list; none where there is no list. */
export function elements(field: Field): readonly Field[] {
  if (isAbsent(field) || isOpen(field)) return [];
  if (!Array.isArray(field.value)) return misread(field, "a list") ?? [];
  return field.value.map((value: unknown, index) => ({ ...field, value, path: `${field.path}[${index}]` }));
}

export function text(field: Field): string | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  return typeof field.value === "string" ? field.value : misread(field, "text");
}

export function flag(field: Field): boolean | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  return typeof field.value === "boolean" ? field.value : misread(field, "true or false");
}

export function integer(field: Field): number | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  return isWhole(field.value) ? field.value : misread(field, "a whole number");
}

/** `IntOrString`: `1` or `25%`. */
export function integerOrText(field: Field): number | string | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  return isWhole(field.value) || typeof field.value === "string"
    ? field.value
    : misread(field, "a whole number or text");
}

export function oneOf<T extends string>(field: Field, allowed: readonly T[]): T | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  return allowed.find((name) => name === field.value) ?? misread(field, allowed.join(", "));
}

/** Texts of a list; what is none is left out. */
export function texts(field: Field): readonly string[] {
  return elements(field).flatMap((element) => text(element) ?? []);
}

/** A map of texts; what is none is left out. */
export function textMap(field: Field): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries(field).flatMap(([key, value]) => {
      const found = text(value);
      return found === undefined ? [] : [[key, found]];
    }),
  );
}

/** The unknown at this place, or what `read` makes of it. */
export function knowable<T>(field: Field, read: (field: Field) => T | undefined): Knowable<T> | undefined {
  return isUnknown(field.value) ? unknownAt(field.path, originOf(field.value)) : read(field);
}

/** Notes that the value is of no use here. */
export function misread(field: Field, wanted: string): undefined {
  field.notes.misread.push({ path: field.path, seen: kindOf(field.value), wanted });
  return undefined;
}

/** Never the value itself, which may be a secret; a misspelt word of a closed set is too long to be told from one. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "empty text" : "other text";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "number" || typeof value === "bigint") return "a number";
  return typeof value === "object" ? "a map" : `a ${typeof value}`;
}

function asMap(field: Field): Readonly<Record<string, unknown>> | undefined {
  if (isAbsent(field) || isUnknown(field.value)) return undefined;
  return isMap(field.value) ? field.value : misread(field, "a map");
}

/** A JSON object: no list, no date, nothing else that JavaScript has. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

/** `labels` keys have dots of their own. */
function keyed(path: string, key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key)
    ? `${path === "" ? "" : `${path}.`}${key}`
    : `${path}[${JSON.stringify(key)}]`;
}

/** An unknown in a manifest is a map that happens to look like one; its origin is used only if it is one. */
function originOf({ origin }: Unknown): Unknown["origin"] {
  return isMap(origin) && typeof origin.resource === "string" ? origin : undefined;
}
