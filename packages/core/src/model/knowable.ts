/**
 * A value that is not known yet: a field that a provider computes, an Output at preview, an argument of another stack.
 * It is a value, not an exception, so that one unknown never hides what is known beside it.
 */
export interface Unknown {
  readonly unknown: true;
  /** Path of the field that is not known, in the resource it was read from: `healthCheck.port`. */
  readonly path: string;
  /** Where the value will come from, if the source records it. */
  readonly origin?: Origin;
}

/** The resource, and if recorded the field of it, that an unknown value will be taken from. */
export interface Origin {
  /** URN, or `Kind/namespace/name`. */
  readonly resource: string;
  /** `spec.healthCheckNodePort`, or absent: Pulumi's own property dependencies name only the resource. */
  readonly field?: string;
}

export type Knowable<T> = T | Unknown;

export function unknownAt(path: string, origin?: Origin): Unknown {
  return origin ? { unknown: true, path, origin } : { unknown: true, path };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && (value as { unknown?: unknown }).unknown === true;
}

export function isKnown<T>(value: Knowable<T>): value is T {
  return !isUnknown(value);
}

/** The value, or `fallback` where it is not known. For estimates, which name their assumptions; never for rules. */
export function orElse<T>(value: Knowable<T>, fallback: T): T {
  return isUnknown(value) ? fallback : value;
}

/** Applies `f` to a known value and passes an unknown on. */
export function mapKnown<T, U>(value: Knowable<T>, f: (known: T) => U): Knowable<U> {
  return isUnknown(value) ? value : f(value);
}
