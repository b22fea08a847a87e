import {
  findingResource,
  ruleUrl,
  type Finding,
  type Level,
  type ObjectRef,
  type Place,
} from "@evenkeel/core/model";
import { fingerprint } from "./fingerprint";
import type { NotJoined, Undecided, Violated } from "./outcome";
import type { Rule } from "./rule";

/** Turns an outcome that needs attention into the published record. `level` is the rule's level in force. */
export function toFinding(
  rule: Rule,
  outcome: Violated | Undecided | NotJoined,
  level: Level,
  restsOn?: string,
): Finding {
  const resource = findingResource(outcome.at.resource);
  const assumption = outcome.verdict === "violated" ? (outcome.assumption ?? restsOn) : undefined;
  return {
    rule: rule.id,
    facts: outcome.facts,
    verdict: outcome.verdict,
    // An assumption caps the level; it never raises it.
    level: assumption && level === "mandatory" ? "advisory" : level,
    severity: rule.severity,
    resource,
    related: (outcome.verdict === "violated" ? (outcome.related ?? []) : []).map((ref: ObjectRef) =>
      findingResource(ref),
    ),
    path: outcome.at.path,
    ...said(rule, outcome),
    url: ruleUrl(rule.id),
    ...placeOf(outcome.at),
    fingerprint: fingerprint(rule.id, resource, outcome.at.path, outcome.facts),
    ...(assumption ? { assumption } : {}),
  };
}

function placeOf({ resource: { source }, line }: Place): Pick<Finding, "file" | "line"> {
  if (!source) return {};
  return line === undefined ? { file: source.file } : { file: source.file, line };
}

type Said = Pick<Finding, "seen" | "wanted" | "message" | "fix" | "patch" | "missing">;

function said(rule: Rule, outcome: Violated | Undecided | NotJoined): Said {
  switch (outcome.verdict) {
    case "violated":
      return {
        seen: outcome.seen,
        wanted: outcome.wanted,
        message: `${outcome.seen}; wanted ${outcome.wanted}; ${outcome.effect ?? rule.why}`,
        fix: outcome.fix ?? rule.fix,
        ...(outcome.patch ? { patch: outcome.patch } : {}),
      };
    case "unknown":
      return {
        seen: "not known yet",
        wanted: rule.law,
        message: `cannot tell: ${outcome.unknown.path} is not known${outcome.unknown.origin ? ` (it will come from ${outcome.unknown.origin.resource})` : ""}; ${outcome.how}`,
        fix: outcome.how,
        missing: { path: outcome.unknown.path, how: outcome.how },
      };
    case "notJoined":
      return {
        seen: "not in sight",
        wanted: rule.law,
        message: `cannot tell: ${outcome.missing.detail}; ${outcome.missing.how}`,
        fix: outcome.missing.how,
        missing: { path: outcome.missing.what, how: outcome.missing.how },
      };
  }
}
