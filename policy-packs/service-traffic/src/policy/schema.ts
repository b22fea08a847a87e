import type { PolicyConfigSchema } from "@pulumi/policy";
import { DATAPLANES, ON_UNKNOWN } from "@evenkeel/core/model";
import { POLICY_RULES } from "../settings/names";

type Properties = PolicyConfigSchema["properties"];

// No defaults: the engine would fill them in for every rule, and the settings of the whole pack could not be told from them.
const ON_UNKNOWN_PROPERTY: Properties[string] = {
  type: "string",
  enum: [...ON_UNKNOWN],
  description:
    "What an undecided verdict does: nothing, an advisory (as if not set), or what a violation does.",
};

const ACCEPTED: Properties = {
  pattern: {
    type: "string",
    description: "namespace/name, Kind/namespace/name or a URN; * stands for any run of characters.",
  },
  reason: { type: "string" },
  approver: { type: "string" },
  expires: { type: "string", description: "YYYY-MM-DD; the exemption holds through that day (UTC)." },
};

function exemptionList(properties: Properties, required: string[]): Properties[string] {
  return {
    type: "array",
    items: { type: "object", properties, required, additionalProperties: false },
    description: "Findings that somebody accepted. Reported as exempted, and as violations once expired.",
  };
}

export const RULE_SCHEMA: PolicyConfigSchema = {
  properties: {
    onUnknown: ON_UNKNOWN_PROPERTY,
    exemptions: exemptionList(ACCEPTED, ["pattern", "reason"]),
  },
};

export const CATALOGUE_SCHEMA: PolicyConfigSchema = {
  properties: {
    onUnknown: ON_UNKNOWN_PROPERTY,
    exemptions: exemptionList(
      { rule: { type: "string", enum: ["*", ...POLICY_RULES.map(({ id }) => id)] }, ...ACCEPTED },
      ["rule", "pattern", "reason"],
    ),
    objectExemptions: {
      type: "boolean",
      description:
        "Whether the annotation evenkeel.io/exempt counts: whoever may write an object may then exempt it.",
    },
    kubernetesVersion: { type: "string", description: "Version of the clusters that are deployed to: 1.36." },
    dataplane: {
      type: "string",
      enum: [...DATAPLANES],
      description: "What implements Services on the nodes.",
    },
  },
};
