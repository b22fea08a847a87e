import type { PreviewResult } from "@evenkeel/offline";
import type { PolicyEvent } from "./events";
import type { Recorded } from "./recording";

/**
 * A recording in an order that does not depend on what came first: neither the registrations nor the dependencies of one,
 * which the SDK collects as they resolve.
 */
export function ordered(recording: readonly Recorded[]): readonly Recorded[] {
  const key = ({ call, urn }: Recorded): string => `${call} ${urn}`;
  return recording
    .map((one) => ({ ...one, properties: withoutInternals(one.properties) }))
    .map((one) => (one.call === "analyze" ? one : { ...one, ...dependenciesOf(one) }))
    .sort((a, b) => key(a).localeCompare(key(b)));
}

/**
 * Names that begin with `__` are between the engine and a provider. Engines up to 3.230 keep all of them from packs, later
 * ones only those at the top (plugin/rpc.go SkipInternalKeys), and so does offline.
 */
function withoutInternals(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    return typeof value === "object" && value !== null ? withoutInternals({ ...value }) : value;
  };
  const shown = Object.entries(properties).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(shown.map(([key, value]) => [key, strip(value)]));
}

interface Dependencies {
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** Properties without dependencies are not listed, as the engine does not list them for packs. */
function dependenciesOf({
  dependencies = [],
  propertyDependencies = {},
}: Partial<Dependencies>): Dependencies {
  const properties = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
  return {
    dependencies: [...dependencies].sort(),
    propertyDependencies: Object.fromEntries(properties.map(([key, urns]) => [key, [...urns].sort()])),
  };
}

/** Where a resource stands, without its values. */
export interface Place extends Dependencies {
  readonly urn: string;
  readonly type: string;
  readonly parent: string;
}

export function placesOfEngine(recording: readonly Recorded[]): readonly Place[] {
  return byUrn(
    recording
      .filter(({ call }) => call === "analyzeStack")
      .map((one) => ({ urn: one.urn, type: one.type, parent: one.parent ?? "", ...dependenciesOf(one) })),
  );
}

/** What a caller of `preview()` is given. */
export function placesOffline({ resources }: PreviewResult): readonly Place[] {
  return byUrn(
    resources
      .filter(({ external }) => !external)
      .map((one) => ({ urn: one.urn, type: one.type, parent: one.parent ?? "", ...dependenciesOf(one) })),
  );
}

function byUrn(places: readonly Place[]): readonly Place[] {
  return [...places].sort((a, b) => a.urn.localeCompare(b.urn));
}

export interface Finding {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
  readonly severity: string;
}

/** What the engine's event log says of policies. */
export function findingsOfEngine(events: readonly PolicyEvent[]): readonly Finding[] {
  return sorted(
    events.map((event) => ({
      policy: event.policyName,
      level: event.enforcementLevel,
      urn: event.resourceUrn ?? "",
      message: event.message.trim(),
      severity: event.severity ?? "",
    })),
  );
}

/** The same of `packages/offline`. */
export function findingsOffline({ policy }: PreviewResult): readonly Finding[] {
  return sorted(
    policy.violations.map((violation) => ({
      policy: violation.policy,
      level: violation.level,
      urn: violation.urn,
      message: violation.message.trim(),
      severity: violation.severity ?? "",
    })),
  );
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ policy, urn, message }: Finding): string => `${policy} ${urn} ${message}`;
  return [...findings].sort((a, b) => key(a).localeCompare(key(b)));
}
