/** `13 %`; small values keep a digit that says they are not nothing. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  return `${trim(value, digitsOf(value))} %`;
}

/** The fraction as `percent` shows it: what cannot be told apart is no reason to choose. */
export function shownPart(fraction: number): number {
  const value = fraction * 100;
  return Number(value.toFixed(digitsOf(value))) / 100;
}

function digitsOf(value: number): number {
  return value !== 0 && Math.abs(value) < 10 ? 1 : 0;
}

/** `1.50`. */
export function ratio(value: number): string {
  return value.toFixed(2);
}

/** The same of a ratio. */
export function shownRatio(value: number): number {
  return Number(value.toFixed(2));
}

/** `4.2 s`. */
export function seconds(value: number): string {
  return `${trim(value, 1)} s`;
}

function trim(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
