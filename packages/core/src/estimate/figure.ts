/** One number over the placement trials. `p95` is the value that 95 % of the trials do not exceed on the bad side. */
export interface Figure {
  readonly mean: number;
  readonly p95: number;
  readonly worst: number;
}

/** Summarises values; `bad` says on which side the trouble lies. Empty input has no figure. */
export function figure(values: readonly number[], bad: "high" | "low"): Figure | undefined {
  if (values.length === 0) return undefined;
  // Most figures do not vary over the trials, and sorting is most of the work.
  const [first = 0] = values;
  if (values.every((value) => value === first)) return fixed(first);
  const sorted = [...values].sort((a, b) => (bad === "high" ? a - b : b - a));
  const rank = Math.max(0, Math.ceil(sorted.length * 0.95) - 1);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p95: sorted[rank] ?? 0,
    worst: sorted[sorted.length - 1] ?? 0,
  };
}

/** The same figure for something that does not vary. */
export function fixed(value: number): Figure {
  return { mean: value, p95: value, worst: value };
}
