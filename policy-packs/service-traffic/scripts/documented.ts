export { ruleUrl } from "@evenkeel/core/model";
export { CATALOGUE_SCHEMA, RULE_SCHEMA } from "../src/policy/schema";
export { PRESETS } from "../src/presets";
export { POLICY_RULES } from "../src/settings/names";
