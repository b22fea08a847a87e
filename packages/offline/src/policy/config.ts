import { readFileSync } from "node:fs";
import type { PolicyPackConfig } from "../options";
import type { EnforcementLevel } from "../result";

/** Configuration of one policy. */
export interface PolicyConfig {
  readonly level?: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type PolicyConfigs = Readonly<Record<string, PolicyConfig>>;

/** What configuring needs to know of a policy. */
export interface ConfigurablePolicy {
  readonly name: string;
  readonly level: EnforcementLevel;
  readonly schema?: PolicySchema;
}

export interface PolicySchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
}

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Reads what `--policy-pack-config` takes. Errors are thrown as plain text for the caller to frame. */
export function readPolicyConfig(given: PolicyPackConfig | string | undefined): PolicyConfigs {
  if (given === undefined) return {};
  const config: unknown = typeof given === "string" ? readJson(given) : given;
  if (!isRecord(config)) throw new Error(`${where(given)}wanted a map of policy names to levels or settings`);
  return Object.fromEntries(
    Object.entries(config)
      .filter(([name]) => name !== "environments")
      .map(([name, value]) => [name, policyConfig(name, value, where(given))]),
  );
}

function policyConfig(name: string, value: unknown, prefix: string): PolicyConfig {
  if (typeof value === "string") return { level: levelOf(name, value, prefix), properties: {} };
  if (!isRecord(value)) throw new Error(`${prefix}${name}: wanted a level or a map of settings`);
  const { enforcementLevel, ...properties } = value;
  return {
    level: enforcementLevel === undefined ? undefined : levelOf(name, enforcementLevel, prefix),
    properties,
  };
}

function levelOf(name: string, value: unknown, prefix: string): EnforcementLevel {
  const level = LEVELS.find((candidate) => candidate === value);
  if (level === undefined)
    throw new Error(
      `${prefix}${name}: ${JSON.stringify(value)} is no enforcement level; wanted ${LEVELS.join(", ")}`,
    );
  return level;
}

/**
 * The configuration that a pack is given: the schema's defaults, then what the pack's author set, then the caller's settings;
 * within each `all` first, which is then told to the pack beside the policies (pulumi/pulumi pkg/resource/analyzer/config.go
 * ReconcilePolicyPackConfig). Errors are thrown as plain text for the caller to frame.
 */
export function reconcile(
  policies: readonly ConfigurablePolicy[],
  initial: PolicyConfigs,
  given: PolicyConfigs,
): Readonly<Record<string, Required<PolicyConfig>>> {
  const defaults = Object.fromEntries(
    policies.map((policy) => [policy.name, { level: policy.level, properties: defaultsOf(policy.schema) }]),
  );
  return apply(apply(defaults, initial), given);
}

type Complete = Readonly<Record<string, Required<PolicyConfig>>>;

function apply(base: Complete, config: PolicyConfigs): Complete {
  const { all } = config;
  const levelled = Object.entries(base).map(([name, policy]): [string, Required<PolicyConfig>] => [
    name,
    { ...policy, level: all?.level ?? policy.level },
  ]);
  const result = new Map(levelled);
  for (const [name, given] of Object.entries(config)) {
    if (isEmpty(given)) continue;
    const before = result.get(name);
    const level = given.level ?? before?.level;
    // The engine panics (analyzer_plugin.go marshalEnforcementLevel).
    if (level === undefined)
      throw new Error(`${name}: no policy has this name, and no enforcementLevel is given`);
    result.set(name, { level, properties: { ...before?.properties, ...given.properties } });
  }
  return Object.fromEntries(result);
}

/** Empty records are not read (config.go parsePolicyPackConfig). */
function isEmpty({ level, properties }: PolicyConfig): boolean {
  return level === undefined && Object.keys(properties).length === 0;
}

function defaultsOf(schema: PolicySchema | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(schema?.properties ?? {}).flatMap(([key, property]): [string, unknown][] =>
      isRecord(property) && property.default !== undefined ? [[key, property.default]] : [],
    ),
  );
}

function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function where(given: PolicyPackConfig | string | undefined): string {
  return typeof given === "string" ? `${given}: ` : "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
