/** Those of the same cluster if there are any, else all: two provider instances may well mean one cluster. */
export function inScope<T extends { readonly scope?: string }>(
  all: readonly T[],
  scope: string | undefined,
): readonly T[] {
  const own = all.filter((one) => one.scope === scope);
  return own.length > 0 ? own : all;
}
