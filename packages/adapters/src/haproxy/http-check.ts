import { unknownAt, type Knowable } from "@evenkeel/core/model";
import type { Statement } from "./sections";
import { valueOf, numberOf } from "./servers";
import type { Word } from "./words";

/** HTTP has no other status codes. */
const CODES = Array.from({ length: 900 }, (_, index) => index + 100);

/** What a pass is where nobody says otherwise (manual, option httpchk). */
const DEFAULT_MATCHER = "200-399";

/** Settings of an expectation before what is expected; a value follows each. */
const OF_EXPECT = new Set([
  "min-recv",
  "comment",
  "ok-status",
  "error-status",
  "tout-status",
  "on-success",
  "on-error",
  "status-code",
]);

/**
 * The status codes that pass, as ranges. Every expectation has to hold, so those about the status decide together; what else is
 * expected can only take passes away. Without any about the status it cannot be told which answers pass.
 */
export function matcherOf(rules: readonly Statement[]): Knowable<string> {
  const expectations = rules
    .filter(({ words }) => words[1]?.text === "expect")
    .map(({ words }) => words.slice(2));
  if (expectations.length === 0) return DEFAULT_MATCHER;
  const tests = expectations.flatMap((words) => statusTest(words) ?? []);
  if (tests.length === 0 || tests.includes("open"))
    return unknownAt(`the status that passes (${writtenOf(rules)})`);
  return rangesOf(CODES.filter((code) => tests.every((test) => test === "open" || test(code))));
}

/** The expectations as they are written: `http-check expect string localEndpoints`. */
function writtenOf(rules: readonly Statement[]): string {
  return rules
    .filter(({ words }) => words[1]?.text === "expect")
    .map(({ words }) => words.map(({ text }) => text).join(" "))
    .join("; ");
}

type StatusTest = ((code: number) => boolean) | "open";

/** Undefined for an expectation about something else than the status. */
function statusTest(words: readonly Word[]): StatusTest | undefined {
  let at = 0;
  while (OF_EXPECT.has(words[at]?.text ?? "")) at += 2;
  const written = words[at]?.text ?? "";
  const apart = written === "!";
  const isNegated = written.startsWith("!");
  const match = apart ? words[at + 1]?.text : written.replace(/^!/, "");
  const pattern = words[apart ? at + 2 : at + 1];
  const value = pattern && valueOf(pattern);
  const test = match === "status" ? inList : match === "rstatus" ? byExpression : undefined;
  if (test === undefined) return undefined;
  const holds = typeof value === "string" ? test(value) : undefined;
  if (holds === undefined) return "open";
  return isNegated ? (code) => !holds(code) : holds;
}

/** `200,204,300-310` */
function inList(list: string): ((code: number) => boolean) | undefined {
  const ranges = list.split(",").map((part) => /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part));
  if (ranges.some((range) => range === null)) return undefined;
  return (code) =>
    ranges.some((range) => {
      const [, first, last = first] = range ?? [];
      return Number(first) <= code && code <= Number(last);
    });
}

/** All that an expression for three digits needs, alike in PCRE and JavaScript; others, and what would take long, are not tried. */
const PLAIN_EXPRESSION = /^(?:[\d.^$|()*+?-]|\\d|\[[\d^-]*\]){1,100}$/;

function byExpression(expression: string): ((code: number) => boolean) | undefined {
  if (!PLAIN_EXPRESSION.test(expression)) return undefined;
  try {
    const compiled = new RegExp(expression);
    return (code) => compiled.test(String(code));
  } catch {
    return undefined;
  }
}

/** `200-399`, `200,204-206`; a range that no code is in where nothing passes. */
function rangesOf(codes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges.length === 0
    ? "000"
    : ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** Path that is asked for: the last `http-check send … uri`, else `option httpchk [METHOD] URI`. */
export function pathOf(rules: readonly Statement[], option: Statement | undefined): Knowable<string> {
  const sent = rules.findLast(
    ({ words }) => words[1]?.text === "send" && words.some(({ text }) => text === "uri"),
  );
  const uri = sent && sent.words[sent.words.findIndex(({ text }) => text === "uri") + 1];
  const own = option?.words.slice(2) ?? [];
  const word = uri ?? (own.length > 1 ? own[1] : own[0]);
  return word ? valueOf(word) : "/";
}

/** What a `connect` rule says of the connection in place of the server's line (manual, http-check connect). */
export interface Connect {
  readonly statement: Statement;
  /** `default`: what the rule does not say is the server's. */
  readonly likeServer: boolean;
  readonly port?: Knowable<number>;
  /** `addr`: the check goes to another machine. */
  readonly elsewhere: boolean;
  readonly proxyProtocol: boolean;
  readonly tls: boolean;
}

const OF_CONNECT = new Set(["port", "addr", "sni", "alpn", "proto", "comment"]);

/** The `connect` rules, in order. */
export function connectsOf(rules: readonly Statement[]): readonly Connect[] {
  return rules
    .filter(({ words }) => words[1]?.text === "connect")
    .map((statement): Connect => {
      const { words } = statement;
      const said = new Map<string, Word | undefined>();
      for (let at = 2; at < words.length; at += 1) {
        const name = words[at]?.text ?? "";
        said.set(name, OF_CONNECT.has(name) ? words[(at += 1)] : undefined);
      }
      return {
        statement,
        likeServer: said.has("default"),
        ...(said.has("port") ? { port: numberOf(said.get("port")) ?? unknownAt("connect port") } : {}),
        elsewhere: said.has("addr"),
        proxyProtocol: said.has("send-proxy"),
        tls: said.has("ssl"),
      };
    });
}
