/** One number over the placement trials. `p95` is the value that 95 % of the trials do not exceed on the bad side. */
export interface Figure {
  readonly mean: number;
  readonly p95: number;
  readonly worst: number;
}

/** A value with its weight among the others: the probability of a draw. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
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

/** The same of values that are not equally likely, over placements and draws alike. */
export function weightedFigure(values: readonly Weighted[], bad: "high" | "low"): Figure | undefined {
  const [first] = values;
  if (!first) return undefined;
  if (values.every(({ weight }) => weight === first.weight))
    return figure(
      values.map(({ value }) => value),
      bad,
    );
  const sorted = [...values].sort((a, b) => (bad === "high" ? a.value - b.value : b.value - a.value));
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  const p95 = sorted.find(({ weight }) => (reached += weight) >= 0.95 * total - ROUNDING);
  return {
    mean: sorted.reduce((sum, { value, weight }) => sum + value * weight, 0) / total,
    p95: p95?.value ?? 0,
    worst: sorted.at(-1)?.value ?? 0,
  };
}

const ROUNDING = 1e-12;

/** Figures that differ by less are equal: the rest is rounding of floating-point arithmetic. */
export const TOLERANCE = 1e-9;

/** The same figure for something that does not vary. */
export function fixed(value: number): Figure {
  return { mean: value, p95: value, worst: value };
}
