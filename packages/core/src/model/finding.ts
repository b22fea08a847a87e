import type { ObjectRef } from "./ref";

/** Enforcement of a rule. The level of a rule is the ceiling of its findings. */
export const LEVELS = ["mandatory", "advisory", "disabled"] as const;
export type Level = (typeof LEVELS)[number];

export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What happens to a verdict that could not be decided. */
export const ON_UNKNOWN = ["ignore", "warn", "block"] as const;
export type OnUnknown = (typeof ON_UNKNOWN)[number];

/** Verdicts that need a person's attention; `ok` and `notApplicable` never become findings. */
export type FindingVerdict = "violated" | "exempted" | "unknown" | "notJoined";

/** Where a finding can be mended. */
export interface FindingResource {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly urn: string | null;
}

/**
 * One thing to attend to, in the published shape: later versions only add fields. The same record is printed by the
 * constructor, the policy pack and the command line.
 */
export interface Finding {
  readonly rule: string;
  /** Ids of the facts this finding stands for, e.g. `U14`; see `docs/facts.md`. */
  readonly facts: readonly string[];
  readonly verdict: FindingVerdict;
  readonly level: Level;
  readonly severity: Severity;
  /** The object to edit. */
  readonly resource: FindingResource;
  readonly related: readonly FindingResource[];
  /** Path of the field to edit, within the resource. */
  readonly path: string;
  readonly seen: string;
  readonly wanted: string;
  readonly message: string;
  readonly fix: string;
  /** Strategic-merge patch (YAML) for the resource, where one is unambiguous. */
  readonly patch?: string;
  readonly url: string;
  readonly file?: string;
  readonly line?: number;
  /** Stable over line moves and re-ordering: for baselines and code scanning. */
  readonly fingerprint: string;
  /** For `unknown` and `notJoined`: what is not known, and what would make it known. */
  readonly missing?: { readonly path: string; readonly how: string };
  /** For a finding below its rule's level: the assumption it rests on. */
  readonly assumption?: string;
  /** For `exempted`. */
  readonly exemption?: { readonly reason: string; readonly approver?: string; readonly expires?: string };
}

export function findingResource(ref: ObjectRef): FindingResource {
  return { kind: ref.kind, namespace: ref.namespace ?? null, name: ref.name, urn: ref.urn ?? null };
}

/** `Service shop/web`. */
export function findingName({ kind, namespace, name }: FindingResource): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}
