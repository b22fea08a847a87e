import type { EnforcementLevel } from "@pulumi/policy";
import type { PulumiResource } from "@evenkeel/adapters";
import {
  DATAPLANES,
  ON_UNKNOWN,
  type Cluster,
  type Dataplane,
  type Exemption,
  type OnUnknown,
} from "@evenkeel/core/model";
import { findRule, nearest, type Checked } from "@evenkeel/rules";
import { documentsIn, type ReadDocument } from "./documents";
import type { Given } from "./given";
import { clusterSetting, joinSetting } from "./joined";
import { CATALOGUE_POLICY, CONFIGURATION, POLICY_NAMES, POLICY_RULES } from "./names";
import { exemptions, flag, kubernetesVersion, oneOf, unknownKeys, type Complain } from "./read";

/** How the pack is to work, checked. */
export interface Settings {
  /** Level in force, by rule. */
  readonly levels: Readonly<Record<string, EnforcementLevel>>;
  /** By rule, or `all`. */
  readonly onUnknown: Readonly<Record<string, OnUnknown>>;
  readonly exemptions: readonly Exemption[];
  readonly objectExemptions: boolean;
  readonly kubernetesVersion?: string;
  readonly dataplane?: Dataplane;
  readonly cluster?: Cluster;
  /** Resources of other stacks. */
  readonly joinWith: readonly PulumiResource[];
}

export const RULE_SETTINGS = ["onUnknown", "exemptions"] as const;
export const CATALOGUE_SETTINGS = [
  ...RULE_SETTINGS,
  "objectExemptions",
  "kubernetesVersion",
  "dataplane",
  "cluster",
  "joinWith",
] as const;

const RULE_IDS: readonly string[] = POLICY_RULES.map(({ id }) => id);

export interface SettingsOptions {
  /** Policies of others are in the pack too, so that a name that is not ours need not be a mistake. */
  readonly sharesPack?: boolean;
  readonly readDocument?: ReadDocument;
}

/** Reads settings by policy; what is wrong is told and left out. */
export function readSettings(
  given: Given,
  { sharesPack = false, readDocument = documentsIn() }: SettingsOptions = {},
): Checked<Settings> {
  const problems: string[] = [];
  const complain: Complain = (problem) => problems.push(problem);
  for (const name of given.keys()) complainOfName(name, sharesPack, complain);
  const of = (name: string) => given.get(name)?.properties ?? {};
  unknownKeys(CONFIGURATION, of(CONFIGURATION), [], complain);
  const whole = of(CATALOGUE_POLICY);
  unknownKeys(CATALOGUE_POLICY, whole, CATALOGUE_SETTINGS, complain);
  const at = (key: (typeof CATALOGUE_SETTINGS)[number]) =>
    [`${CATALOGUE_POLICY}.${key}`, whole[key]] as const;
  const onUnknown = new Map([["all", oneOf(...at("onUnknown"), ON_UNKNOWN, complain)]]);
  const accepted = [...exemptions(...at("exemptions"), RULE_IDS, complain)];
  for (const id of RULE_IDS) {
    const own = of(id);
    unknownKeys(id, own, RULE_SETTINGS, complain);
    onUnknown.set(id, oneOf(`${id}.onUnknown`, own["onUnknown"], ON_UNKNOWN, complain));
    accepted.push(...exemptions(`${id}.exemptions`, own["exemptions"], RULE_IDS, complain, id));
  }
  const value: Settings = {
    levels: levelsOf(given),
    onUnknown: Object.fromEntries(
      [...onUnknown].flatMap(([name, wish]) => (wish === undefined ? [] : [[name, wish]])),
    ),
    exemptions: accepted,
    objectExemptions: flag(...at("objectExemptions"), complain) ?? false,
    kubernetesVersion: kubernetesVersion(...at("kubernetesVersion"), complain),
    dataplane: oneOf(...at("dataplane"), DATAPLANES, complain),
    cluster: clusterSetting(...at("cluster"), readDocument, complain),
    joinWith: joinSetting(...at("joinWith"), readDocument, complain),
  };
  return { value, problems };
}

function levelsOf(given: Given): Settings["levels"] {
  const all = given.get("all")?.level;
  return Object.fromEntries(POLICY_RULES.map(({ id, level }) => [id, given.get(id)?.level ?? all ?? level]));
}

function complainOfName(name: string, sharesPack: boolean, complain: Complain): void {
  if (name === "all" || POLICY_NAMES.includes(name)) return;
  if (findRule(name))
    return complain(`${name}: a rule about the text of files, which a program has not; use evenkeel check`);
  const hint = nearest(name, POLICY_NAMES);
  if (!sharesPack || hint !== "") complain(`${name}: unknown rule${hint}`);
}
