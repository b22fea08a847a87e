import { inspect } from "node:util";

/**
 * A property value as the Pulumi engine knows it: JSON, and the values JSON has no word for. Results never contain an
 * `OutputValue`; it exists only while transforms run.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | readonly PropertyValue[]
  | PropertyMap
  | Unknown
  | Secret
  | OutputValue
  | ResourceReference
  | Asset;

export interface PropertyMap {
  readonly [key: string]: PropertyValue;
}

/** A value that is not known before the resource exists. There is one: `unknown`. */
export class Unknown {
  readonly kind = "unknown";

  toJSON(): string {
    return "<unknown>";
  }

  [inspect.custom](): string {
    return "<unknown>";
  }
}

export const unknown = new Unknown();

/** A value that must not be shown: printing it, or turning it into JSON, does not reveal it. */
export class Secret {
  readonly kind = "secret";

  constructor(readonly value: PropertyValue) {}

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

export function secret(value: PropertyValue): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** A resource passed as a value. `id` is absent for components, unknown for resources that do not exist yet. */
export class ResourceReference {
  readonly kind = "resource";

  constructor(
    readonly urn: string,
    readonly id?: string | Unknown,
    readonly packageVersion?: string,
  ) {}
}

/** A file or archive, in the fields of the wire format (`text`, `path`, `uri`, `assets`, `hash`). */
export class Asset {
  constructor(
    readonly kind: "asset" | "archive",
    readonly fields: PropertyMap,
  ) {}
}

/** A value together with the resources it was computed from. */
export class OutputValue {
  readonly kind = "output";

  constructor(
    /** Absent while not known. */
    readonly value: PropertyValue | undefined,
    readonly isSecret: boolean,
    readonly dependencies: readonly string[],
  ) {}
}

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret) &&
    !(value instanceof OutputValue) &&
    !(value instanceof ResourceReference) &&
    !(value instanceof Asset)
  );
}

/** Rebuilds a value bottom up: `f` sees every value after its parts were rebuilt. */
function rebuild(value: PropertyValue, f: (value: PropertyValue) => PropertyValue): PropertyValue {
  if (isList(value)) return f(value.map((item) => rebuild(item, f)));
  if (isMap(value)) return f(rebuildMap(value, f));
  if (value instanceof Secret) return f(secret(rebuild(value.value, f)));
  if (value instanceof OutputValue && value.value !== undefined)
    return f(new OutputValue(rebuild(value.value, f), value.isSecret, value.dependencies));
  return f(value);
}

export function rebuildMap(map: PropertyMap, f: (value: PropertyValue) => PropertyValue): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, rebuild(value, f)]));
}

/** True if `test` holds for the value or for any value within it. */
function contains(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (isList(value)) return value.some((item) => contains(item, test));
  if (isMap(value)) return Object.values(value).some((item) => contains(item, test));
  if (value instanceof Secret) return contains(value.value, test);
  if (value instanceof OutputValue) return value.value !== undefined && contains(value.value, test);
  return false;
}

export function containsUnknowns(value: PropertyValue): boolean {
  return contains(value, (v) => v instanceof Unknown || (v instanceof OutputValue && v.value === undefined));
}

export function containsSecrets(value: PropertyValue): boolean {
  return contains(value, (v) => v instanceof Secret || (v instanceof OutputValue && v.isSecret));
}

/** Removes what hides a value: `Secret("x")` becomes `"x"`, at any depth. */
export function reveal(value: PropertyValue): PropertyValue {
  return rebuild(value, (v) => (v instanceof Secret ? v.value : v));
}

/** Paths of the values that `test` picks, as Pulumi writes them: `spec.ports[0].nodePort`, `data["a.b"]`. */
function pathsOf(map: PropertyMap, test: (value: PropertyValue) => boolean): readonly string[] {
  const walk = (value: PropertyValue, path: string): readonly string[] => {
    if (test(value)) return [path];
    if (isList(value)) return value.flatMap((item, index) => walk(item, `${path}[${index}]`));
    if (isMap(value)) return Object.entries(value).flatMap(([key, item]) => walk(item, join(path, key)));
    if (value instanceof Secret) return walk(value.value, path);
    return [];
  };
  return walk(map, "");
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Paths of all unknown values in a map of properties. */
export function unknownPaths(map: PropertyMap): readonly string[] {
  return pathsOf(map, (value) => value instanceof Unknown);
}

/** Paths of all secret values in a map of properties. */
export function secretPaths(map: PropertyMap): readonly string[] {
  return pathsOf(map, (value) => value instanceof Secret);
}
