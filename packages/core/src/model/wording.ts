// How numbers and lists are written in every sentence, in one place, so that what is compared and what is shown agree.

/** `13 %`; values below 10 % keep one decimal, so that a small loss does not read as none. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  return `${trimmed(value, decimalsOf(value))} %`;
}

/** The fraction as `percent` shows it: a difference that cannot be seen is no reason to choose. */
export function asPercentShows(fraction: number): number {
  const value = fraction * 100;
  return Number(value.toFixed(decimalsOf(value))) / 100;
}

function decimalsOf(value: number): number {
  return value !== 0 && Math.abs(value) < 10 ? 1 : 0;
}

/** `1.50`. */
export function ratio(value: number): string {
  return value.toFixed(2);
}

/** The value as `ratio` shows it. */
export function asRatioShows(value: number): number {
  return Number(value.toFixed(2));
}

/** `4.2 s`. */
export function seconds(value: number): string {
  return `${trimmed(value, 1)} s`;
}

function trimmed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** `1 replica`, `2 replicas`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `3, 10 and 30`. */
export function list(items: readonly (string | number)[], conjunction = "and"): string {
  const last = items.at(-1);
  const others = items.slice(0, -1);
  return others.length === 0 ? String(last ?? "") : `${others.join(", ")} ${conjunction} ${last}`;
}
