import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` if one of a closed set is near what was written, else nothing. */
export function nearest(written: string, allowed: readonly string[]): string {
  const near = nearestOf(written, allowed);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

/** The one of a closed set that was probably meant. */
export function nearestOf(written: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const wanted = written.toLowerCase();
  const near = closest(
    wanted,
    allowed.map((one) => one.toLowerCase()),
  );
  // A third of the letters may be wrong before a suggestion confuses more than it helps.
  return distance(wanted, near) <= Math.max(2, Math.floor(near.length / 3))
    ? allowed.find((one) => one.toLowerCase() === near)
    : undefined;
}
