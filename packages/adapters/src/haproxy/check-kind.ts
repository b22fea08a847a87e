import { allStatements, type Proxy } from "./proxies";
import type { Statement } from "./sections";

/** What a proxy's checks are: the option that says so, and the rules that refine it. */
export interface CheckKind {
  /** `httpchk`, `tcp-check`, `mysql-check`, …; undefined where a check only connects. */
  readonly name?: string;
  readonly option?: Statement;
  /** `http-check …` or `tcp-check …`, in order. */
  readonly rules: readonly Statement[];
  /** False where a conditional block decides. */
  readonly certain: boolean;
}

/** Options that say what a check is. */
const KINDS = new Set([
  "external-check",
  "httpchk",
  "ldap-check",
  "mysql-check",
  "pgsql-check",
  "redis-check",
  "smtpchk",
  "spop-check",
  "ssl-hello-chk",
  "tcp-check",
]);

/** Keyword of the rules that refine a kind; the other kinds have none. */
const RULES: Readonly<Record<string, string>> = { httpchk: "http-check", "tcp-check": "tcp-check" };

/**
 * The last option counts, also over one of the defaults. Rules are taken from the innermost section that has any, or has the option
 * itself: a section's own rules take the place of those of the defaults, all of them (`src/tcpcheck.c`, a ruleset a section). Rules
 * without their option are ignored.
 */
export function checkKindOf(proxy: Proxy): CheckKind {
  const options = allStatements(proxy).filter(isKind);
  const option = options.at(-1);
  const name = option?.words[1]?.text;
  if (option === undefined || name === undefined) return { rules: [], certain: true };
  const keyword = RULES[name];
  const own = proxy.levels.findLast((level) =>
    level.some((one) => one.keyword === keyword || (isKind(one) && one.words[1]?.text === name)),
  );
  const rules = (own ?? []).filter((one) => one.keyword === keyword);
  return { name, option, rules, certain: [...options, ...rules].every(({ certain }) => certain) };
}

function isKind({ keyword, words }: Statement): boolean {
  return keyword === "option" && KINDS.has(words[1]?.text ?? "");
}
