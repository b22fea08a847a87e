import { isUnknown, type Knowable, type Unknown } from "../../model";

/**
 * Reads JSON into typed records as the API server does (sigs.k8s.io/json, which follows Go's encoding/json): wrongly typed
 * values are reported in Go's words, unknown keys by their path, and everything else is still read. Never throws.
 */
export interface DecodeReport {
  /** In the order met. The server prints the first fatal one, or else the first. */
  readonly typeErrors: TypeError[];
  /** Paths of keys that the API does not know, e.g. `spec.ports[0].targetport`. */
  readonly unknownFields: string[];
}

interface TypeError {
  /** `spec.ports[0].port` */
  readonly path: string;
  /** The offending JSON value. */
  readonly value: unknown;
  /** `json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32` */
  readonly message: string;
  /** Go stops reading here (a custom unmarshaller failed), so this error wins over earlier ones. */
  readonly fatal: boolean;
}

/** Where a value stands, in JSON terms for people and in Go terms for the server's message. */
interface Cursor {
  readonly path: string;
  readonly goStruct: string;
  /** `spec.ports.port` */
  readonly goPath: string;
  readonly report: DecodeReport;
}

/** A value of the API, `undefined` where it is absent, null, of another type, or the zero value that the API omits. */
export type Decoder<T> = (value: unknown, at: Cursor) => T | undefined;

export function decode<T>(
  decoder: Decoder<T>,
  value: unknown,
): { value: T | undefined; report: DecodeReport } {
  const report: DecodeReport = { typeErrors: [], unknownFields: [] };
  return { value: decoder(json(value), { path: "", goStruct: "", goPath: "", report }), report };
}

function isUnknownValue(value: unknown): value is Unknown {
  return isUnknown(value) && typeof value.path === "string";
}

/** `goType` is the name in Go's message: `string`, `v1.ServiceType`. `keep`: the API type is a pointer, so "" is a value. */
export const string =
  (goType = "string", keep = false): Decoder<Knowable<string>> =>
  (value, at) => {
    if (value === null || isUnknownValue(value)) return value ?? undefined;
    if (typeof value !== "string") return mismatch(value, goType, at);
    return value === "" && !keep ? undefined : wellFormed(value);
  };

export const boolean =
  (keep = false): Decoder<Knowable<boolean>> =>
  (value, at) => {
    if (value === null || isUnknownValue(value)) return value ?? undefined;
    if (typeof value !== "boolean") return mismatch(value, "bool", at);
    return value || keep ? value : undefined;
  };

export const integer =
  (goType: "int32" | "int64", keep = false): Decoder<Knowable<number>> =>
  (value, at) => {
    if (value === null || isUnknownValue(value)) return value ?? undefined;
    if (!fits(value, goType)) return mismatch(value, goType, at);
    return value === 0 && !keep ? undefined : value;
  };

/** `intstr.IntOrString`: a custom unmarshaller, so its errors are fatal. 0 and "" are kept apart by defaulting only. */
export const intOrString: Decoder<Knowable<number | string>> = (value, at) => {
  if (value === null) return 0;
  if (isUnknownValue(value)) return value;
  if (typeof value === "string") return wellFormed(value);
  return fits(value, "int32") ? value : mismatch(value, "int32", at, true);
};

/** `metav1.Time`: a custom unmarshaller; the zero time is absent. */
export const time: Decoder<Knowable<string>> = (value, at) => {
  if (value === null || isUnknownValue(value)) return value ?? undefined;
  if (typeof value !== "string") return mismatch(value, "string", at, true);
  if (RFC3339.test(value)) return value;
  at.report.typeErrors.push({
    path: at.path,
    value,
    message: `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": not an RFC 3339 time`,
    fatal: true,
  });
  return undefined;
};
const RFC3339 = /^\d{4}-(0[1-9]|1[0-2])-\d{2}T\d{2}:[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Any JSON object, not looked into (`metav1.FieldsV1`). */
export const rawObject: Decoder<Knowable<object>> = (value) =>
  typeof value === "object" && value !== null ? value : undefined;

/** Go zeroes an element that is null: a string becomes "". */
export const strings = (goType = "string"): Decoder<Knowable<readonly Knowable<string>[]>> => {
  const one = string(goType, true);
  return (value, at) => elements(value, `[]${goType}`, at, (element, cursor) => one(element, cursor) ?? "");
};

export const list =
  <T>(element: Struct<T>): Decoder<Knowable<readonly T[]>> =>
  (value, at) =>
    elements(value, `[]v1.${element.goName}`, at, (item, cursor) => element.read(item, cursor));

/** `keyed` is how a path goes on to a key: `.app`, or `[cpu]` as errors about amounts have it. */
export const mapOf =
  <T>(
    goType: string,
    element: Decoder<T>,
    zero: T,
    keyed = (key: string): string => `.${key}`,
  ): Decoder<Knowable<Readonly<Record<string, T>>>> =>
  (value, at) => {
    if (value === null || isUnknownValue(value)) return value ?? undefined;
    if (!isObject(value)) return mismatch(value, goType, at);
    return Object.fromEntries(
      entries(value).map(([key, item]) => [
        wellFormed(key),
        element(item, { ...at, path: `${at.path}${keyed(key)}` }) ?? zero,
      ]),
    );
  };

export const stringMap: Decoder<Knowable<Readonly<Record<string, Knowable<string>>>>> = mapOf<
  Knowable<string>
>("map[string]string", string("string", true), "");

/** A type that reads its JSON itself: where it cannot, Go stops reading and says what that said. */
export const custom =
  <T extends object>(read: (value: unknown) => T | { readonly problem: string }): Decoder<Knowable<T>> =>
  (value, at) => {
    if (isUnknownValue(value)) return value;
    const found = read(value);
    if (!("problem" in found)) return found;
    at.report.typeErrors.push({ path: at.path, value, message: String(found.problem), fatal: true });
    return undefined;
  };

/** A pointer to a struct: absent, or unknown as a whole, or read. */
export const pointer =
  <T>(struct: Struct<T>): Decoder<Knowable<T>> =>
  (value, at) => {
    if (value === null || isUnknownValue(value)) return value ?? undefined;
    return isObject(value) ? struct.read(value, at) : mismatch(value, `v1.${struct.goName}`, at);
  };

/** A struct by value: read as it stands; unknown as a whole, each of its fields is unknown. */
export const member =
  <T>(struct: Struct<T>): Decoder<T> =>
  (value, at) =>
    struct.read(value, at);

export interface Struct<T> {
  readonly goName: string;
  readonly read: (value: unknown, at: Cursor) => T;
}

export function struct<T extends object>(
  goName: string,
  fields: { readonly [K in keyof T]-?: undefined extends T[K] ? Decoder<Exclude<T[K], undefined>> : never },
  /** Keys that the API knows and that have no bearing here. */
  ignored: readonly string[] = [],
): Struct<T> {
  const decoders = new Map<string, Decoder<unknown>>(Object.entries(fields));
  const read = (value: unknown, at: Cursor): T => {
    const found: Record<string, unknown> = {};
    if (isUnknownValue(value)) {
      for (const [key, decoder] of decoders) found[key] = decoder(value, descend(at, key, goName));
    } else if (isObject(value)) {
      for (const [key, item] of entries(value)) {
        const decoder = decoders.get(key);
        const cursor = descend(at, key, goName);
        const decoded = decoder?.(item, cursor);
        if (decoded !== undefined) found[key] = decoded;
        if (decoder === undefined && !ignored.includes(key)) at.report.unknownFields.push(cursor.path);
      }
    } else if (value !== null) {
      mismatch(value, `v1.${goName}`, at);
    }
    // Each key was read by the decoder of that very key of T, and every field of T may be absent.
    return found as T;
  };
  return { goName, read };
}

function elements<T>(
  value: unknown,
  goType: string,
  at: Cursor,
  read: (element: unknown, cursor: Cursor) => T,
): Knowable<readonly T[]> | undefined {
  if (value === null || isUnknownValue(value)) return value ?? undefined;
  if (!Array.isArray(value)) return mismatch(value, goType, at);
  return value.map((element: unknown, index) => read(json(element), { ...at, path: `${at.path}[${index}]` }));
}

function mismatch(value: unknown, goType: string, at: Cursor, fatal = false): undefined {
  const where = at.goPath === "" ? "value" : `struct field ${at.goStruct}.${at.goPath}`;
  const message = `json: cannot unmarshal ${goValue(value, goType)} into Go ${where} of type ${goType}`;
  at.report.typeErrors.push({ path: at.path, value, message, fatal });
  return undefined;
}

/** Go names the number itself only where it wanted an integer. */
function goValue(value: unknown, goType: string): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (typeof value === "number" || typeof value === "bigint")
    return goType.startsWith("int") ? `number ${String(value)}` : "number";
  return Array.isArray(value) ? "array" : "object";
}

function descend(at: Cursor, key: string, goStruct: string): Cursor {
  return {
    path: at.path === "" ? key : `${at.path}.${key}`,
    goStruct,
    goPath: at.goPath === "" ? key : `${at.goPath}.${key}`,
    report: at.report,
  };
}

function fits(value: unknown, goType: "int32" | "int64"): value is number {
  if (typeof value !== "number" || !Number.isInteger(value)) return false;
  return goType === "int32" ? value >= -0x80000000 && value <= 0x7fffffff : Math.abs(value) < 2 ** 63;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members that `JSON.stringify` would write. */
function entries(value: object): readonly (readonly [string, unknown])[] {
  const members = value as Readonly<Record<string, unknown>>;
  const found: (readonly [string, unknown])[] = [];
  for (const key of Object.keys(value)) {
    const item = members[key];
    if (item !== undefined && typeof item !== "function" && typeof item !== "symbol")
      found.push([key, json(item)]);
  }
  return found;
}

/** Go reads a lone surrogate as U+FFFD. */
function wellFormed(text: string): string {
  if (!/[\uD800-\uDFFF]/.test(text)) return text;
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}

/** What `JSON.stringify` would write for values that JSON does not have. */
function json(value: unknown): unknown {
  if (value instanceof Date) return value.toJSON();
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return null;
  return value;
}
