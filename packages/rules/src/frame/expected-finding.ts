import { ruleUrl, type Finding, type FindingResource } from "@evenkeel/core/model";
import type { BadExample, Expected, ExpectedUndecided, ExpectedViolation, GoodExample } from "./example";
import { mergePatch } from "./merge-patch";
import { findingText } from "./message";
import type { Rule } from "./rule";

/** A finding without what follows from the rest of it. */
export type PlainFinding = Omit<Finding, "fingerprint">;

/** The findings that an example states, whole. */
export function expectedFindings(rule: Rule, example: BadExample | GoodExample): readonly PlainFinding[] {
  return expectations(example).map((expected) => expectedFinding(rule, expected));
}

/** The findings of an example as the command prints them, without the link to the docs page. */
export function expectedText(rule: Rule, example: BadExample | GoodExample): string {
  return expectedFindings(rule, example)
    .map((finding) => findingText({ ...finding, fingerprint: "" }).replace(/\ndocs: .*$/, ""))
    .join("\n");
}

function expectations({ expect = [] }: BadExample | GoodExample): readonly Expected[] {
  return isList(expect) ? expect : [expect];
}

/** `Array.isArray` does not narrow a readonly list. */
function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function expectedFinding(rule: Rule, expected: Expected): PlainFinding {
  const { resource, path } = placeOf(expected.at);
  const { facts = rule.facts, file } = expected;
  return {
    rule: rule.id,
    facts,
    severity: rule.severity,
    resource,
    path,
    url: ruleUrl(rule.id),
    ...fileOf(file),
    ...(isUndecided(expected) ? undecidedPart(rule, expected) : violatedPart(rule, resource, expected)),
  };
}

type Part = Omit<PlainFinding, "rule" | "facts" | "severity" | "resource" | "path" | "url">;

function violatedPart(rule: Rule, resource: FindingResource, expected: ExpectedViolation): Part {
  const first = rule.examples().bad.flatMap(expectations).find(isViolation);
  const { seen, wanted, effect = rule.why, fix = first?.fix, level = first?.level } = expected;
  const { patch, related = [], assumption } = expected;
  if (fix === undefined || level === undefined)
    throw new Error(`${rule.id}: the first finding of its examples states fix and level`);
  return {
    verdict: "violated",
    level,
    related: related.map(resourceOf),
    seen,
    wanted,
    message: `${seen}; wanted ${wanted}; ${effect}`,
    fix,
    ...(patch ? { patch: mergePatch(resource, patch) } : {}),
    ...(assumption === undefined ? {} : { assumption }),
  };
}

function undecidedPart(rule: Rule, expected: ExpectedUndecided): Part {
  const { verdict, missing, detail, how, level = "advisory" } = expected;
  return {
    verdict,
    level,
    related: [],
    seen: verdict === "unknown" ? "not known yet" : "not found in the input",
    wanted: rule.law,
    message: `cannot tell: ${detail}; ${how}`,
    fix: how,
    missing: { path: missing, how },
  };
}

function isUndecided(expected: Expected): expected is ExpectedUndecided {
  return expected.verdict === "unknown" || expected.verdict === "notJoined";
}

function isViolation(expected: Expected): expected is ExpectedViolation {
  return !isUndecided(expected);
}

/** `Service shop/web spec.type`: kind, name and path. */
function placeOf(at: string): { readonly resource: FindingResource; readonly path: string } {
  const [, kind = "", name = "", path = ""] = /^(\S+) (\S+) ?(.*)$/s.exec(at) ?? [];
  return { resource: resourceOf(`${kind} ${name}`), path };
}

function resourceOf(text: string): FindingResource {
  const [kind = "", path = ""] = text.split(" ");
  const slash = path.indexOf("/");
  return {
    kind,
    namespace: slash < 0 ? null : path.slice(0, slash),
    name: path.slice(slash + 1),
    urn: null,
  };
}

function fileOf(text: string | undefined): Pick<Finding, "file" | "line"> {
  const [, file, line] = /^(.*?)(?::(\d+))?$/.exec(text ?? "") ?? [];
  if (!file) return {};
  return line === undefined ? { file } : { file, line: Number(line) };
}
