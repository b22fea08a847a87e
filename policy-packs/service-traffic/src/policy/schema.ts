import type { PolicyConfigSchema } from "@pulumi/policy";
import { DATAPLANES, ON_UNKNOWN } from "@evenkeel/core/model";
import type { CATALOGUE_SETTINGS, RULE_SETTINGS } from "../settings/settings";

type Schema = PolicyConfigSchema["properties"][string];

/** A setting as the engine is told of it, and what it means. */
export interface Setting {
  readonly schema: Schema;
  readonly meaning: string;
}

type RuleSetting = (typeof RULE_SETTINGS)[number];
type CatalogueSetting = (typeof CATALOGUE_SETTINGS)[number];

// Schemas are bare, since every policy sends its own while a command of the user waits, and the pack checks the settings itself. They
// have no defaults: the engine would fill them in for every rule, and the settings of the whole pack could not be told from them.
const ON_UNKNOWN_SETTING: Setting = {
  schema: { type: "string", enum: [...ON_UNKNOWN] },
  meaning: "What an undecided verdict does: nothing, an advisory (as if not set), or what a violation does.",
};

export const RULE_SETTINGS_TOLD: Readonly<Record<RuleSetting, Setting>> = {
  onUnknown: ON_UNKNOWN_SETTING,
  exemptions: {
    schema: { type: "array" },
    meaning:
      "Findings that somebody accepted, each with `pattern` (`namespace/name`, `Kind/namespace/name` or a URN, `*` for any run of characters, of the resource to edit or of one related to it: a Service covers the target groups in front of it and the workload behind it), `reason`, and if wished `approver` and `expires` (`YYYY-MM-DD`, holds through that day in UTC).",
  },
};

export const CATALOGUE_SETTINGS_TOLD: Readonly<Record<CatalogueSetting, Setting>> = {
  onUnknown: ON_UNKNOWN_SETTING,
  exemptions: { schema: { type: "array" }, meaning: "The same, each with `rule`: an id, or `*`." },
  objectExemptions: {
    schema: { type: "boolean" },
    meaning:
      "Whether the annotation `evenkeel.io/exempt` counts: whoever may write an object may then exempt it.",
  },
  kubernetesVersion: {
    schema: { type: "string" },
    meaning: "Version of the clusters that are deployed to: `1.36`; wins over what `cluster` says.",
  },
  dataplane: {
    schema: { type: "string", enum: [...DATAPLANES] },
    meaning: "What implements Services on the nodes; wins over what `cluster` says.",
  },
  cluster: {
    schema: { type: ["object", "string"] },
    meaning:
      "The nodes, as [`--cluster`](../../packages/cli/README.md) of the command takes them, or the path of a file that has them: relative to the folder that Pulumi is started in, or else to the pack's.",
  },
  joinWith: {
    schema: { type: "array", items: { type: "string" } },
    meaning:
      "Paths of files that `pulumi stack export` wrote of other stacks, to join with what lies there; relative as for `cluster`.",
  },
};

function schemaOf(settings: Readonly<Record<string, Setting>>): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])),
  };
}

export const RULE_SCHEMA = schemaOf(RULE_SETTINGS_TOLD);
export const CATALOGUE_SCHEMA = schemaOf(CATALOGUE_SETTINGS_TOLD);
