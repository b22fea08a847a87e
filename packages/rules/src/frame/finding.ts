import {
  adviceText,
  findingResource,
  ruleUrl,
  type Finding,
  type Level,
  type Means,
  type ObjectRef,
  type Place,
} from "@evenkeel/core/model";
import { fingerprint } from "./fingerprint";
import type { NotJoined, Undecided, Violated } from "./outcome";
import type { Rule } from "./rule";

/** What a finding depends on beside its rule and outcome. */
export interface FindingContext {
  /** The assumption that the whole rule rests on here. */
  readonly restsOn?: string | undefined;
  /** In whose words advice is given; the command line's if not given. */
  readonly means?: Means | undefined;
}

/** Turns an outcome that needs attention into the published record. `level` is the rule's level in force. */
export function toFinding(
  rule: Rule,
  outcome: Violated | Undecided | NotJoined,
  level: Level,
  { restsOn, means }: FindingContext = {},
): Finding {
  const resource = findingResource(outcome.at.resource);
  const assumption = outcome.verdict === "violated" ? (outcome.assumption ?? restsOn) : undefined;
  return {
    rule: rule.id,
    facts: outcome.facts,
    verdict: outcome.verdict,
    // An assumption, and a smaller damage, cap the level; they never raise it.
    level: level === "mandatory" && (assumption || isLesser(outcome)) ? "advisory" : level,
    severity: rule.severity,
    resource,
    related: (outcome.verdict === "violated" ? (outcome.related ?? []) : []).map((ref: ObjectRef) =>
      findingResource(ref),
    ),
    path: outcome.at.path,
    ...textsOf(rule, outcome, means),
    url: ruleUrl(rule.id),
    ...placeOf(outcome.at),
    fingerprint: fingerprint(rule.id, resource, outcome.at.path, outcome.facts),
    ...(assumption ? { assumption } : {}),
  };
}

function isLesser(outcome: Violated | Undecided | NotJoined): boolean {
  return outcome.verdict === "violated" && outcome.level === "advisory";
}

function placeOf({ resource: { source }, line }: Place): Pick<Finding, "file" | "line"> {
  if (!source) return {};
  return line === undefined ? { file: source.file } : { file: source.file, line };
}

type Texts = Pick<Finding, "seen" | "wanted" | "message" | "fix" | "patch" | "missing">;

function textsOf(rule: Rule, outcome: Violated | Undecided | NotJoined, means: Means | undefined): Texts {
  switch (outcome.verdict) {
    case "violated":
      return {
        seen: outcome.seen,
        wanted: outcome.wanted,
        message: `${outcome.seen}; wanted ${outcome.wanted}; ${outcome.effect ?? rule.why}`,
        fix: outcome.fix ?? rule.fix,
        ...(outcome.patch ? { patch: outcome.patch } : {}),
      };
    case "unknown": {
      const { unknown } = outcome;
      const how = adviceText(outcome.how, means);
      return {
        seen: "not known yet",
        wanted: rule.law,
        message: `cannot tell: ${unknown.path} is not known${unknown.origin ? ` (it will come from ${unknown.origin.resource})` : ""}; ${how}`,
        fix: how,
        missing: { path: unknown.path, how },
      };
    }
    case "notJoined": {
      const { what, detail } = outcome.missing;
      const how = adviceText(outcome.missing.how, means);
      return {
        seen: "not found in the input",
        wanted: rule.law,
        message: `cannot tell: ${detail}; ${how}`,
        fix: how,
        missing: { path: what, how },
      };
    }
  }
}
