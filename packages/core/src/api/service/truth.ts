import { isUnknown, type Knowable, type Unknown } from "../../model";

/** Three-valued truth: an unknown names the value that would decide. */
export type Truth = Knowable<boolean>;

/** Whether a field is one of `wanted`. An absent field never is. */
export function isOneOf<T>(value: Knowable<T> | undefined, ...wanted: readonly T[]): Truth {
  if (value === undefined) return false;
  return isUnknown(value) ? value : wanted.includes(value);
}

/** False if one is false, whatever is unknown beside it. */
export function and(...truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.find((truth): truth is Unknown => isUnknown(truth)) ?? true;
}

/** True if one is true, whatever is unknown beside it. */
export function or(...truths: readonly Truth[]): Truth {
  return not(and(...truths.map(not)));
}

export function not(truth: Truth): Truth {
  return isUnknown(truth) ? truth : !truth;
}

/** One of three answers; for an unknown, what would decide it. */
export function decide<T>(
  truth: Truth,
  ifTrue: () => T,
  ifFalse: () => T,
  ifUnknown: (what: Unknown) => T,
): T {
  if (isUnknown(truth)) return ifUnknown(truth);
  return truth ? ifTrue() : ifFalse();
}
