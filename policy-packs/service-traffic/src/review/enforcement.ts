import type { EnforcementLevel } from "@pulumi/policy";
import type { Exemption, Finding, Level, Means } from "@evenkeel/core/model";
import type { Enforcement } from "@evenkeel/rules";
import { CATALOGUE_POLICY } from "../settings/names";
import type { Settings } from "../settings/settings";

export function enforcementOf({ levels, onUnknown, exemptions }: Settings, today: string): Enforcement {
  const inForce = Object.entries(levels).map(([rule, level]) => [rule, levelInForce(level)] as const);
  return { levels: Object.fromEntries(inForce), onUnknown, exemptions, today, means: MEANS };
}

export function withExemptions(enforcement: Enforcement, more: readonly Exemption[]): Enforcement {
  return more.length === 0
    ? enforcement
    : { ...enforcement, exemptions: [...enforcement.exemptions, ...more] };
}

/** A policy report is read by people who have the pack's configuration before them, and no command line of ours. */
const MEANS: Means = {
  bringIn: `bring it into the stack, or name the state of the stack that has it (pulumi stack export) under joinWith of the policy ${CATALOGUE_POLICY}`,
  describeNodes: `give the nodes as kubectl prints them under cluster of the policy ${CATALOGUE_POLICY}`,
};

/** What remediation leaves over is as mandatory as any violation (deploy/analyze_snapshot.go analyzeResource). */
function levelInForce(level: EnforcementLevel): Level {
  return level === "remediate" ? "mandatory" : level;
}

/**
 * The policy that says a finding. A policy has one level, so a rule's own policy says only what has the rule's level; the rest
 * (undecided, exempted, resting on an assumption) is for the catalogue, which never blocks.
 */
export function policyOf(finding: Finding, { levels, onUnknown }: Settings): string {
  const { rule, verdict, level } = finding;
  if (verdict === "exempted") return CATALOGUE_POLICY;
  const counts = !isUndecided(finding) || (onUnknown[rule] ?? onUnknown["all"]) === "block";
  if (!counts) return CATALOGUE_POLICY;
  return level === levelInForce(levels[rule] ?? "disabled") ? rule : CATALOGUE_POLICY;
}

/** More information may decide it. */
export function isUndecided({ verdict }: Finding): boolean {
  return verdict === "unknown" || verdict === "notJoined";
}
