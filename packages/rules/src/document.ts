import type { Comparison, Decision } from "@evenkeel/core/decide";
import type { Disruption, Estimate } from "@evenkeel/core/estimate";
import type { Finding, Unanswered } from "@evenkeel/core/model";
import type { Transition } from "@evenkeel/core/transition";

/**
 * The document of `--format json`; its schema is published as `schema/report.v1.json`. Later versions only add. Every list is there;
 * one that was not asked for is empty. Whatever core says (a reason, an assumption, what is unknown) is a `Statement`: a code and data
 * for programs, a sentence for people.
 */
export interface ReportDocument {
  readonly version: 1;
  /** What needs attention; nothing for what is in order. */
  readonly findings: readonly Finding[];
  readonly estimates: readonly Estimate[];
  readonly decisions: readonly Decision[];
  /** Targets or load balancers compared with each other. */
  readonly comparisons: readonly Comparison[];
  /** What events such as a rollout come to. */
  readonly disruptions: readonly Disruption[];
  /** What a switch to another policy or kind of target comes to. */
  readonly transitions: readonly Transition[];
  /** Questions without an answer, since something that the answer depends on is not known. */
  readonly unanswered: readonly Unanswered[];
  /** Where policy packs ran on a Pulumi program: what they reported, packs of others included. */
  readonly policies?: PolicyReport;
  /** Resources of a Pulumi program that were previewed without their contents, about which nothing is said here. */
  readonly notChecked?: readonly {
    readonly type: string;
    readonly name: string;
    readonly urn?: string;
    readonly what: "remoteComponent" | "dynamicProvider" | "manifests";
  }[];
  readonly summary: Summary;
}

/** What policy packs reported on a Pulumi program. */
export interface PolicyReport {
  readonly packs: readonly {
    readonly name: string;
    readonly version: string;
    /** Levels in force, after configuration; a disabled policy is not asked. */
    readonly policies: readonly { readonly name: string; readonly level: PolicyLevel }[];
  }[];
  readonly violations: readonly PolicyReportViolation[];
  /** Inputs that a policy changed before the resource was planned. */
  readonly remediations: readonly { readonly pack: string; readonly policy: string; readonly urn: string }[];
  /** `blocked`: a mandatory policy is violated. */
  readonly outcome: "passed" | "blocked";
}

export type PolicyLevel = "advisory" | "mandatory" | "remediate" | "disabled";

export interface PolicyReportViolation {
  readonly pack: string;
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly severity?: "low" | "medium" | "high" | "critical";
  /** The resource; of a stack policy that names none, the stack. */
  readonly urn: string;
  /** The full text, the policy's description first. */
  readonly message: string;
}

/** Counts by what a reader must do. `violated` counts mandatory violations, `advisory` the others. */
export interface Summary {
  readonly violated: number;
  readonly advisory: number;
  readonly exempted: number;
  readonly unknown: number;
  readonly notJoined: number;
  /** Undecided verdicts that `onUnknown: ignore` kept out of `findings`. */
  readonly ignored: number;
}

export interface ReportParts extends Partial<Omit<ReportDocument, "version" | "findings" | "summary">> {
  readonly ignored?: number;
}

export function reportDocument(
  findings: readonly Finding[],
  { ignored = 0, ...answers }: ReportParts = {},
): ReportDocument {
  return {
    version: 1,
    findings,
    estimates: [],
    decisions: [],
    comparisons: [],
    disruptions: [],
    transitions: [],
    unanswered: [],
    ...answers,
    summary: summarise(findings, ignored),
  };
}

export function summarise(findings: readonly Finding[], ignored = 0): Summary {
  const tally = (keep: (finding: Finding) => boolean): number => findings.filter(keep).length;
  return {
    violated: tally(({ verdict, level }) => verdict === "violated" && level === "mandatory"),
    advisory: tally(({ verdict, level }) => verdict === "violated" && level === "advisory"),
    exempted: tally(({ verdict }) => verdict === "exempted"),
    unknown: tally(({ verdict }) => verdict === "unknown"),
    notJoined: tally(({ verdict }) => verdict === "notJoined"),
    ignored,
  };
}
