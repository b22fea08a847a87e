/**
 * `factor * part / whole` as Go computes it on int64, rounded towards zero. Exact beyond 2^53 too, where the product of memory in
 * bytes and 100 no longer fits a double.
 */
export function share(factor: number, part: number, whole: number): number {
  const product = factor * part;
  return Number.isSafeInteger(product)
    ? Math.trunc(product / whole)
    : Number((BigInt(factor) * BigInt(part)) / BigInt(whole));
}
