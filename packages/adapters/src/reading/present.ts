/** The record without the keys whose value is `undefined`: an absent field is no key. */
export function present<T extends object>(record: T): T {
  // Only keys that T allows to be absent can have held undefined.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
