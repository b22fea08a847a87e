import {
  nearest,
  LEVELS,
  ON_UNKNOWN,
  type Exemption,
  type Level,
  type OnUnknown,
} from "@evenkeel/core/model";
import type { Enforcement } from "./evaluate";

/** How rules are to be enforced, as a person writes it. Keys of `levels` and `onUnknown` are rule ids or `all`. */
export interface EnforcementOptions {
  readonly levels?: Readonly<Record<string, string>>;
  readonly onUnknown?: string | Readonly<Record<string, string>>;
  readonly exemptions?: readonly unknown[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export type Checked<T> = { readonly value: T; readonly problems: readonly string[] };

/**
 * Reads and checks how rules are to be enforced. Every problem is one line with the place, what was seen and what is wanted; the value
 * leaves out what is wrong.
 */
export function readEnforcement(
  options: EnforcementOptions,
  ruleIds: readonly string[],
): Checked<Enforcement> {
  const problems: string[] = [];
  const keys = ["all", ...ruleIds];
  const table = <T extends string>(
    where: string,
    entries: Readonly<Record<string, string>>,
    allowed: readonly T[],
  ): Record<string, T> => {
    const read: Record<string, T> = {};
    for (const [key, written] of Object.entries(entries)) {
      const value = allowed.find((one) => one === written);
      if (!keys.includes(key)) problems.push(`${where}.${key}: unknown rule${nearest(key, keys)}`);
      else if (value === undefined)
        problems.push(
          `${where}.${key}: ${written}; wanted ${allowed.join(", ")}${nearest(written, allowed)}`,
        );
      else read[key] = value;
    }
    return read;
  };
  const onUnknown =
    typeof options.onUnknown === "string" ? { all: options.onUnknown } : (options.onUnknown ?? {});
  const levels = table<Level>("levels", options.levels ?? {}, LEVELS);
  const unknowns = table<OnUnknown>("onUnknown", onUnknown, ON_UNKNOWN);
  const exemptions = readExemptions(options.exemptions ?? [], "exemptions", ruleIds);
  const value: Enforcement = {
    levels,
    onUnknown: unknowns,
    exemptions: exemptions.value,
    today: options.today,
  };
  return { value, problems: [...problems, ...exemptions.problems] };
}

/** Reads a list of exemptions that is written at `where`. */
export function readExemptions(
  written: unknown,
  where: string,
  ruleIds: readonly string[],
): Checked<readonly Exemption[]> {
  if (!Array.isArray(written)) return { value: [], problems: [`${where}: wanted a list of exemptions`] };
  const problems: string[] = [];
  const value = written.flatMap((one, index) => readExemption(one, `${where}[${index}]`, ruleIds, problems));
  return { value, problems };
}

const EXEMPTION_KEYS = ["rule", "pattern", "reason", "approver", "expires"] as const;

function readExemption(
  written: unknown,
  where: string,
  ruleIds: readonly string[],
  problems: string[],
): readonly Exemption[] {
  const before = problems.length;
  if (typeof written !== "object" || written === null || Array.isArray(written)) {
    problems.push(`${where}: wanted an object with rule, pattern and reason`);
    return [];
  }
  const fields = new Map(Object.entries(written));
  for (const key of fields.keys()) {
    if (!EXEMPTION_KEYS.some((one) => one === key))
      problems.push(`${where}.${key}: unknown property${nearest(key, EXEMPTION_KEYS)}`);
  }
  const text = (key: (typeof EXEMPTION_KEYS)[number], required: boolean): string | undefined => {
    const field: unknown = fields.get(key);
    if (typeof field === "string" && field.trim() !== "") return field;
    if (required || field !== undefined)
      problems.push(`${where}.${key}: ${field === undefined ? "missing" : "not a text"}; wanted a text`);
    return undefined;
  };
  const rule = text("rule", true);
  const pattern = text("pattern", true);
  const reason = text("reason", true);
  const approver = text("approver", false);
  const expires = text("expires", false);
  if (rule !== undefined && rule !== "*" && !ruleIds.includes(rule))
    problems.push(`${where}.rule: unknown rule ${rule}${nearest(rule, ruleIds)}`);
  if (expires !== undefined && !isDate(expires))
    problems.push(`${where}.expires: ${expires}; wanted a date such as 2027-01-31`);
  if (problems.length > before || rule === undefined || pattern === undefined || reason === undefined)
    return [];
  return [{ rule, pattern, reason, approver, expires }];
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
}
