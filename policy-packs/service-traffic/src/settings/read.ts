import {
  findRelease,
  isMap,
  minorVersion,
  SUPPORTED_VERSIONS,
  supportedRange,
  type Exemption,
} from "@evenkeel/core/model";
import { nearest, readExemptions } from "@evenkeel/rules";

/** Takes what is wrong with a setting, in one line: where it stands, what was seen, what is wanted. */
export type Complain = (problem: string) => void;

/** One of a closed set; undefined where nothing, or something else, stands. */
export function oneOf<T extends string>(
  where: string,
  written: unknown,
  allowed: readonly T[],
  complain: Complain,
): T | undefined {
  if (written === undefined) return undefined;
  const found = allowed.find((value) => value === written);
  const hint = typeof written === "string" ? nearest(written, allowed) : "";
  if (found === undefined) complain(`${where}: ${shown(written)}; wanted ${allowed.join(", ")}${hint}`);
  return found;
}

export function flag(where: string, written: unknown, complain: Complain): boolean | undefined {
  if (written === undefined || typeof written === "boolean") return written;
  complain(`${where}: ${shown(written)}; wanted true or false`);
  return undefined;
}

export function kubernetesVersion(where: string, written: unknown, complain: Complain): string | undefined {
  if (written === undefined) return undefined;
  if (typeof written === "string" && findRelease(written)) return written;
  if (typeof written === "string" && minorVersion(written)) {
    complain(`${where}: ${shown(written)}; wanted a supported version: ${supportedRange()}`);
    return undefined;
  }
  complain(`${where}: ${shown(written)}; wanted a version such as ${SUPPORTED_VERSIONS.newest}, as text`);
  return undefined;
}

/** Exemptions; in the settings of one rule they are for that rule. */
export function exemptions(
  where: string,
  written: unknown,
  rules: readonly string[],
  complain: Complain,
  rule?: string,
): readonly Exemption[] {
  if (written === undefined) return [];
  const list: unknown =
    rule !== undefined && Array.isArray(written)
      ? written.map((one: unknown) => (isMap(one) ? { rule, ...one } : one))
      : written;
  const { value, problems } = readExemptions(list, where, rules);
  problems.forEach(complain);
  return value;
}

/** Keys that nobody reads. */
export function unknownKeys(
  where: string,
  written: Readonly<Record<string, unknown>>,
  known: readonly string[],
  complain: Complain,
): void {
  for (const key of Object.keys(written))
    if (!known.includes(key)) complain(`${where}.${key}: unknown property${nearest(key, known)}`);
}

export function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
