import type { Policy } from "@pulumi/policy";
import { DOCS_BASE, ruleUrl } from "@evenkeel/core/model";
import type { Rule } from "@evenkeel/rules";
import { CATALOGUE_POLICY, CONFIGURATION } from "../settings/names";
import { CATALOGUE_SCHEMA, RULE_SCHEMA } from "./schema";

/** A policy without what it does. */
export type Description = Omit<Policy, "enforcementLevel">;

/** The policy of a rule; everything is the rule's own. */
export function describeRule({ id, law, fix, severity, subject, restsOn }: Rule): Description {
  return {
    name: id,
    displayName: displayName(id),
    description: law,
    severity,
    tags: ["kubernetes", "load-balancing", subject, ...(restsOn ? [restsOn] : [])],
    remediationSteps: fix,
    url: ruleUrl(id),
    configSchema: RULE_SCHEMA,
  };
}

export const CATALOGUE_DESCRIPTION: Description = {
  name: CATALOGUE_POLICY,
  displayName: "What is left open",
  description: "What no rule could decide, what is exempted, and what rests on an assumption; never blocks.",
  severity: "low",
  tags: ["kubernetes", "load-balancing"],
  remediationSteps: "Make the value known, bring the missing side into the stack, or let the exemption end.",
  url: DOCS_BASE,
  configSchema: CATALOGUE_SCHEMA,
};

export const CONFIGURATION_DESCRIPTION: Description = {
  name: CONFIGURATION,
  displayName: "Configuration of the pack",
  description:
    "The configuration of this pack names rules, properties and values that exist, and its rules can be run.",
  severity: "high",
  tags: ["configuration"],
  remediationSteps: "Correct the file that --policy-pack-config names; report a rule that cannot be run.",
  url: DOCS_BASE,
};

/** Words that are not written as ordinary words. */
const SPELLED: Readonly<Record<string, string>> = Object.fromEntries(
  ["NLB", "ALB", "IP", "HTTP", "TCP", "UDP", "TLS", "PROXY", "AWS", "API", "YAML", "DNS"].map((word) => [
    word.toLowerCase(),
    word,
  ]),
);

/** `local-needs-http-health-check` -> `Local needs HTTP health check`. */
export function displayName(id: string): string {
  const words = id.split("-").map((word) => SPELLED[word] ?? word);
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
