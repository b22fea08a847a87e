export { ruleUrl } from "@evenkeel/core/model";
export { CATALOGUE_SETTINGS_TOLD, RULE_SETTINGS_TOLD } from "../src/policy/schema";
export { PRESETS } from "../src/presets";
export { POLICY_RULES } from "../src/settings/names";
