/** The record without the keys whose value is `undefined`: an absent field is no key. */
export function present<T extends object>(record: T): T {
  const fields = record as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(record)) if (fields[key] !== undefined) kept[key] = fields[key];
  // Only keys that T allows to be absent can have held undefined.
  return kept as T;
}
