import {
  isProved,
  type Dataplane,
  type Exemption,
  type Exposure,
  type Finding,
  type Level,
  type Means,
  type OnUnknown,
  type Place,
} from "@evenkeel/core/model";
import { exempt } from "./exempt";
import { toFinding } from "./finding";
import type { NotApplicable, Ok, Outcome } from "./outcome";
import type { Rule } from "./rule";
import type { SubjectName, Subjects } from "./subject";

/** How rules are enforced; checked by `readEnforcement`, so that a misspelled rule never passes in silence. */
export interface Enforcement {
  readonly levels: Readonly<Record<string, Level>>;
  readonly onUnknown: Readonly<Record<string, OnUnknown>>;
  readonly exemptions: readonly Exemption[];
  /** `YYYY-MM-DD`, against which exemptions expire. */
  readonly today: string;
  /** What the reader of the findings can do, in words that mean something there; the command line's if not given. */
  readonly means?: Means;
}

export function levelOf(rule: Rule, { levels }: Enforcement): Level {
  return levels[rule.id] ?? levels["all"] ?? rule.level;
}

export function onUnknownOf(rule: Rule, { onUnknown }: Enforcement): OnUnknown {
  return onUnknown[rule.id] ?? onUnknown["all"] ?? "warn";
}

/**
 * Runs one rule on one subject. What needs attention comes back as findings; `ignored` counts undecided ones that `onUnknown:
 * ignore` keeps out of sight, so that a summary can still name them. A rule that throws is a defect of ours and becomes a finding
 * of its own: the other rules still run.
 */
export function runRule<S extends SubjectName>(
  rule: Extract<Rule, { subject: S }>,
  subject: Subjects[S],
  enforcement: Enforcement,
  where: Place,
): Answer {
  const level = levelOf(rule, enforcement);
  if (level === "disabled") return NOTHING;
  const outcomes = outcomesOf(rule, subject, where);
  if (outcomes.every(isSilent)) return NOTHING;
  const findings: Finding[] = [];
  let ignored = 0;
  for (const outcome of outcomes) {
    if (isSilent(outcome)) continue;
    const undecided = outcome.verdict !== "violated";
    const onUnknown = onUnknownOf(rule, enforcement);
    if (undecided && onUnknown === "ignore") {
      ignored += 1;
      continue;
    }
    // The rule's level is the ceiling: `block` makes an undecided verdict weigh as much as a violation would, never more.
    const inForce: Level = undecided && onUnknown !== "block" ? "advisory" : level;
    const restsOn = unprovedDataplane(rule, subject);
    const finding = toFinding(rule, outcome, inForce, { restsOn, means: enforcement.means });
    findings.push(exempt(finding, enforcement.exemptions, enforcement.today));
  }
  return { findings, ignored };
}

/** What a rule found on one subject. */
export interface Answer {
  readonly findings: readonly Finding[];
  /** Undecided verdicts kept out of sight. */
  readonly ignored: number;
}

const NOTHING: Answer = Object.freeze({ findings: Object.freeze<Finding[]>([]), ignored: 0 });

function isSilent(outcome: Outcome): outcome is Ok | NotApplicable {
  return outcome.verdict === "ok" || outcome.verdict === "notApplicable";
}

function outcomesOf<S extends SubjectName>(
  rule: Extract<Rule, { subject: S }>,
  subject: Subjects[S],
  where: Place,
): readonly Outcome[] {
  try {
    // The rule was extracted by its subject's name, so its check accepts this very subject; the union hides that from the compiler.
    const check = rule.check as (
      subject: Subjects[S],
      context: object,
    ) => Iterable<Outcome> | readonly Outcome[];
    const outcomes = check(subject, NO_CONTEXT);
    return Array.isArray(outcomes) ? outcomes : [...outcomes];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [
      {
        verdict: "unknown",
        facts: [],
        at: where,
        unknown: { unknown: true, path: where.path },
        how: `rule ${rule.id} failed on this input (${message}); please report it`,
      },
    ];
  }
}

const NO_CONTEXT = Object.freeze({});

function unprovedDataplane(rule: Rule, subject: unknown): string | undefined {
  if (rule.restsOn !== "kube-proxy") return undefined;
  const dataplane = (subject as Partial<Exposure>).cluster?.dataplane satisfies Dataplane | undefined;
  return dataplane === undefined || isProved(dataplane)
    ? undefined
    : `the ${dataplane} data plane treats this as kube-proxy does`;
}
