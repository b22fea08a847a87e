import { CATALOGUE, type Rule } from "@evenkeel/rules";

/** Rules that a Pulumi program can break. */
export const POLICY_RULES: readonly Rule[] = CATALOGUE.filter(({ subject }) => subject !== "text");

/** Those that one resource can break. Sets are whole, and what is missing is missing, only at the stack stage. */
export const RULES_OF_RESOURCE: readonly Rule[] = POLICY_RULES.filter(
  ({ subject }) => subject !== "inventory" && subject !== "unjoined",
);

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
