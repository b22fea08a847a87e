import type { AnalyzerProviderResource, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ProviderInstance } from "../engine/provider-instances";
import type { EnforcementLevel, PolicyInfo, PolicySeverity, Resource } from "../result";
import type { Sdk } from "../sdk";
import type { PropertyMap } from "../values/property";
import { toStruct } from "../values/struct";

// analyzer.proto, in the order of its enumerations.
export const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];
const SEVERITIES: readonly (PolicySeverity | undefined)[] = [undefined, "low", "medium", "high", "critical"];
const TYPES: readonly PolicyInfo["type"][] = ["unspecified", "resource", "stack"];

export function levelOf(value: number): EnforcementLevel {
  return LEVELS[value] ?? "advisory";
}

export function severityOf(value: number): PolicySeverity | undefined {
  return SEVERITIES[value];
}

export function policyTypeOf(value: number): PolicyInfo["type"] {
  return TYPES[value] ?? "unspecified";
}

/** Fields that requests about one resource and about the whole stack share. */
export interface AnalyzerMessage {
  setType(value: string): unknown;
  setUrn(value: string): unknown;
  setName(value: string): unknown;
  setProperties(value: ReturnType<typeof toStruct>): unknown;
  setOptions(value: AnalyzerResourceOptions): unknown;
  setProvider(value?: AnalyzerProviderResource): unknown;
}

/** Writes a resource as the engine does: inputs for one resource, outputs for the stack. */
export function fill(
  sdk: Sdk,
  message: AnalyzerMessage,
  resource: Resource,
  properties: PropertyMap,
  provider: ProviderInstance | undefined,
): void {
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(toStruct(sdk, properties));
  message.setOptions(optionsMessage(sdk, resource));
  message.setProvider(provider && providerMessage(sdk, provider));
}

/** Top-level names that begin with `__` are the engine's; nested ones are sent (plugin/rpc.go SkipInternalKeys). */
export function withoutInternalKeys(properties: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

function optionsMessage(sdk: Sdk, resource: Resource): AnalyzerResourceOptions {
  const { options } = resource;
  const timeouts = new sdk.analyzer.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(seconds(options.customTimeouts.create));
  timeouts.setUpdate(seconds(options.customTimeouts.update));
  timeouts.setDelete(seconds(options.customTimeouts.delete));
  // No aliases: the engine sends those that its state confirms, and there is no state.
  return new sdk.analyzer.AnalyzerResourceOptions()
    .setProtect(resource.protect)
    .setIgnorechangesList([...options.ignoreChanges])
    .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...options.additionalSecretOutputs])
    .setCustomtimeouts(timeouts)
    .setParent(resource.parent ?? "");
}

function providerMessage(sdk: Sdk, provider: ProviderInstance): AnalyzerProviderResource {
  return new sdk.analyzer.AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(provider.name)
    .setProperties(toStruct(sdk, withoutInternalKeys(provider.inputs)));
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a duration as Go writes it: `1h30m`. */
function seconds(duration: string | undefined): number {
  let total = 0;
  for (const [, number, unit] of (duration ?? "").matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g))
    total += Number(number) * (UNITS[unit ?? ""] ?? 0);
  return total;
}
