/** Sizes for which answers are given when nobody says what the cluster looks like. */
export const DEFAULT_SIZES = [3, 10, 30] as const;

/** Fraction of each node that is already requested, at most, where nobody says. */
export const ASSUMED_LOAD = 0.5;
