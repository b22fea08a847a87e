import { createHash } from "node:crypto";

/**
 * The end of a generated name: hexadecimal digits that depend on the URN alone, so that the same program gives the same
 * preview. The engine draws them at random.
 */
export function suffix(urn: string, digits: number): string {
  return createHash("sha256").update(urn).digest("hex").slice(0, digits);
}
