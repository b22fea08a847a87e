import { output, type Input, type Output, type Unwrap } from "@pulumi/pulumi";
import { isLater, isPlainObject } from "../arguments/now";

/**
 * Applies `f` to a value with outputs anywhere in it: in time where there are any; else at once, so that the result is plain, shows
 * in previews and can be judged by policies.
 */
export function mapInput<T, U>(input: T, f: (value: Unwrap<T>) => U): Input<U> {
  // A value without outputs is its own unwrapping.
  return hasLater(input) ? (output(input).apply((value) => f(value)) as Output<U>) : f(input as Unwrap<T>);
}

function hasLater(value: unknown): boolean {
  if (isLater(value)) return true;
  if (Array.isArray(value)) return value.some(hasLater);
  return isPlainObject(value) && Object.values(value).some(hasLater);
}

/** The record without absent values: an absent field is no key. */
export function present<T extends object>(record: T): T {
  // Only keys that T allows to be absent can have held undefined.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
