import { flag, integer, oneOf, text, textMap, type Field } from "../reading/field";

/** What values an argument takes, as data for whoever checks them, and how one is read. */
export type ArgumentValue<T> = { readonly read: (field: Field) => T | undefined } & (
  | { readonly kind: "text" | "flag" | "textMap" }
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "whole"; readonly least: number; readonly most: number }
);

/** One argument of a component, described once. Checks, readings and annotations follow from it. */
export interface Argument<T> {
  readonly value: ArgumentValue<T>;
  /** Suffixes of the annotations that mean the same, the one that the component writes first. */
  readonly annotations?: readonly string[];
  /** Whether neither the choice of a policy nor the estimate reads it. */
  readonly isInert?: boolean;
}

export const TEXT: ArgumentValue<string> = { kind: "text", read: text };
export const FLAG: ArgumentValue<boolean> = { kind: "flag", read: flag };
export const TEXT_MAP: ArgumentValue<Readonly<Record<string, string>>> = { kind: "textMap", read: textMap };
export const PORT = whole(1, 65535);

export function word<T extends string>(words: readonly T[]): ArgumentValue<T> {
  return { kind: "word", words, read: (field) => oneOf(field, words) };
}

export function whole(least: number, most: number): ArgumentValue<number> {
  return { kind: "whole", least, most, read: integer };
}
