/** Parsing of annotation values as the controllers' Go code does it, down to what it lets pass. */

const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);

/** `strconv.ParseBool`; undefined for what is no boolean. */
export function parseBool(raw: string): boolean | undefined {
  return TRUE.has(raw) ? true : FALSE.has(raw) ? false : undefined;
}

/** `strconv.ParseInt(raw, 10, 64)`: sign and digits, no blanks, no exponent; undefined outside 64 bits. */
export function parseInt64(raw: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(raw)) return undefined;
  const value = BigInt(raw.startsWith("+") ? raw.slice(1) : raw);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** `strconv.ParseInt(raw, 10, 32)`. */
export function parseInt32(raw: string): number | undefined {
  const value = parseInt64(raw);
  return value !== undefined && BigInt.asIntN(32, value) === value ? Number(value) : undefined;
}

/** `int32(parsed64)` of a 64-bit parse: what does not fit wraps around silently (cloud-provider-aws). */
export function parseWrappedInt32(raw: string): number | undefined {
  const value = parseInt64(raw);
  return value === undefined ? undefined : Number(BigInt.asIntN(32, value));
}

/** `strings.TrimSpace`: the white space of Unicode, which is not quite that of `String.trim`. */
export function trimSpace(raw: string): string {
  return raw.replace(LEADING_SPACE, "").replace(TRAILING_SPACE, "");
}
const SPACE = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const LEADING_SPACE = new RegExp(`^${SPACE}`);
const TRAILING_SPACE = new RegExp(`${SPACE}$`);

/** Comma-separated, trimmed, without empty entries. AWS Load Balancer Controller `pkg/annotations/parser.go`. */
export function parseStringList(raw: string): readonly string[] {
  return raw
    .split(",")
    .map(trimSpace)
    .filter((part) => part !== "");
}

/**
 * `k=v,k=v`. A backslash takes the next character as it is; a comma parts two pairs only if an `=` follows somewhere, so that
 * `a=b,` keeps its comma; text after a comma without any `=` spoils the whole. Undefined where the controller refuses.
 * AWS Load Balancer Controller `pkg/annotations/parser.go`, `splitKeyValuePairs`.
 */
export function parseStringMap(raw: string): Readonly<Record<string, string>> | undefined {
  const entries: [string, string][] = [];
  for (const pair of splitPairs(raw)) {
    const equals = pair.indexOf("=");
    const key = trimSpace(pair.slice(0, Math.max(equals, 0)));
    if (equals === -1 || key === "") return undefined;
    entries.push([key, trimSpace(pair.slice(equals + 1))]);
  }
  return Object.fromEntries(entries);
}

function splitPairs(raw: string): readonly string[] {
  const pairs: string[] = [];
  let current = "";
  for (let i = 0; i < raw.length; i++) {
    const character = raw.charAt(i);
    if (character === "\\" && i + 1 < raw.length) {
      current += raw.charAt(++i);
    } else if (character === ",") {
      const rest = trimSpace(raw.slice(i + 1));
      if (rest.includes("=")) {
        pairs.push(trimSpace(current));
        current = "";
      } else if (rest !== "") {
        return [...pairs, trimSpace(current), rest];
      } else {
        current += character;
      }
    } else {
      current += character;
    }
  }
  return current === "" ? pairs : [...pairs, trimSpace(current)];
}

const SECONDS_OF = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 } as const;

/** `time.ParseDuration` in seconds: `15s`, `1m30s`, `500ms`, `0`; undefined for what is no duration. */
export function parseSeconds(raw: string): number | undefined {
  if (/^[+-]?0$/.test(raw)) return 0;
  const [, sign = "", rest = ""] = /^([+-]?)(.+)$/.exec(raw) ?? [];
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|ns)/gy)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== rest) return undefined;
  const seconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * SECONDS_OF[unit as keyof typeof SECONDS_OF],
    0,
  );
  return sign === "-" ? -seconds : seconds;
}
