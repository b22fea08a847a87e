import type { Level } from "@evenkeel/core/model";
import type { PreviewResult } from "@evenkeel/offline";
import type { PolicyReport } from "@evenkeel/rules";

/** What the packs reported, for the document; absent where none ran. */
export function policyReport({ policy, outcome }: PreviewResult): PolicyReport | undefined {
  if (policy.packs.length === 0) return undefined;
  return {
    packs: policy.packs.map(({ name, version, policies }) => ({
      name,
      version,
      policies: policies.map((one) => ({ name: one.name, level: one.level })),
    })),
    violations: policy.violations.map(({ pack, policy: name, level, severity, urn, message }) => ({
      pack,
      policy: name,
      level,
      ...(severity ? { severity } : {}),
      urn,
      message,
    })),
    remediations: policy.remediations.map(({ pack, policy: name, urn }) => ({ pack, policy: name, urn })),
    outcome,
  };
}

/** Levels that the packs were configured with, by policy: a rule that is a policy there has the same level here, or is off. */
export function levelsOfPacks({ policy }: PreviewResult): Readonly<Record<string, Level>> {
  const policies = policy.packs.flatMap((pack) => pack.policies);
  return Object.fromEntries(
    policies.map(({ name, level }) => [name, level === "remediate" ? "mandatory" : level]),
  );
}
