import { CATALOGUE, type Rule } from "@evenkeel/rules";

/** Rules that a Pulumi program can break. */
export const POLICY_RULES: readonly Rule[] = CATALOGUE.filter(({ subject }) => subject !== "text");

/** Reports a configuration that is not what it looks like. Always on, and always blocks. */
export const CONFIGURATION = "configuration";

/** Reports what blocks nothing: undecided verdicts, exemptions, findings below their rule's level. */
export const CATALOGUE_POLICY = "catalogue";

export const POLICY_NAMES: readonly string[] = [
  ...POLICY_RULES.map(({ id }) => id),
  CATALOGUE_POLICY,
  CONFIGURATION,
];

export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
