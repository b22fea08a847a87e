import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` if one of a closed set is near what was written, else nothing. */
export function nearest(written: string, allowed: readonly string[]): string {
  const wanted = written.toLowerCase();
  const near =
    allowed.length > 0
      ? closest(
          wanted,
          allowed.map((one) => one.toLowerCase()),
        )
      : "";
  const original = allowed.find((one) => one.toLowerCase() === near);
  // A third of the letters may be wrong before a suggestion confuses more than it helps.
  return original && distance(wanted, near) <= Math.max(2, Math.floor(near.length / 3))
    ? `; did you mean "${original}"?`
    : "";
}
