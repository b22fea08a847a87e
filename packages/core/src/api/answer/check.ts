import { isUnknown, type Knowable, type Unknown } from "../../model";
import { isToBeAllocated } from "../allocation/allocated";
import type { FieldError } from "./field-error";
import type { Truth } from "../service/truth";

/** A check that waits for a value: `path` is the field that was to be checked. */
export interface Undecided {
  readonly path: string;
  readonly unknown: Unknown;
}

export type Check = FieldError | Undecided;

export function isUndecided(check: Check): check is Undecided {
  return "unknown" in check;
}

export function failed(checks: readonly Check[]): boolean {
  return checks.some((check) => !isUndecided(check));
}

/** The server asks in stages, and ends with the first that finds something wrong. */
export function inStages(...stages: readonly (() => readonly Check[])[]): readonly Check[] {
  let found: readonly Check[] = [];
  for (const stage of stages) {
    const next = stage();
    if (failed(next)) return [...found.filter(isUndecided), ...next];
    found = [...found, ...next];
  }
  return found;
}

/** Checks a value that is there; what the server itself will choose is right. */
export function ifGiven<T>(
  value: Knowable<T> | undefined,
  path: string,
  check: (value: T) => readonly Check[],
): readonly Check[] {
  if (value === undefined || isToBeAllocated(value)) return [];
  return isUnknown(value) ? [{ path, unknown: value }] : check(value);
}

export function ifTrue(truth: Truth, path: string, check: () => readonly Check[]): readonly Check[] {
  if (isUnknown(truth)) return isToBeAllocated(truth) ? [] : [{ path, unknown: truth }];
  return truth ? check() : [];
}

/** Checks each element of a list that is there. */
export function each<T>(
  list: Knowable<readonly T[]> | undefined,
  path: string,
  check: (element: T, path: string, index: number) => readonly Check[],
): readonly Check[] {
  return ifGiven(list, path, (elements) =>
    elements.flatMap((element, i) => check(element, `${path}[${i}]`, i)),
  );
}
