/** The record without the keys whose value is `undefined`: an absent field is no key, as in JSON. */
export function withoutAbsent<T extends object>(record: T): T {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  // Only keys that T allows to be absent can have held undefined.
  return Object.fromEntries(entries) as T;
}
