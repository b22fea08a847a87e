import type { Argument, ArgumentValue } from "@evenkeel/adapters";
import type { Unwrap } from "@pulumi/pulumi";
import { flag, text, textMap, whole, word, type Check } from "./checks";

/** A description of every one of these arguments, for the values that their types allow. */
type Described<T, K extends keyof T> = { readonly [P in K]-?: Argument<NonNullable<Unwrap<T[P]>>> };

/**
 * The checks of arguments that a table describes. The compiler holds table and arguments together: a key of the table that is no
 * argument of T, or whose values are of another type, does not compile; nor does `record`, where a key of T has no check.
 */
export function checksOf<T, D extends Described<T, keyof T & keyof D> = Described<T, keyof T>>(
  table: D & { readonly [P in Exclude<keyof D, keyof T>]: never },
): { readonly [P in keyof D]: Check } {
  const checks = Object.entries<Argument<unknown>>(table).map(([key, { value }]) => [key, checkOf(value)]);
  // One check for each entry of the table, by its key.
  return Object.fromEntries(checks) as { readonly [P in keyof D]: Check };
}

function checkOf(value: ArgumentValue<unknown>): Check {
  switch (value.kind) {
    case "text":
      return text;
    case "flag":
      return flag;
    case "textMap":
      return textMap;
    case "word":
      return word(value.words);
    case "whole":
      return whole(value.least, value.most);
  }
}
