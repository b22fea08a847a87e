import type { PropertyMap, Unknown } from "./values/property";

/** What a preview found: every resource in the order of registration, the stack's outputs, and what the policy packs said. */
export interface PreviewResult {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly resources: readonly Resource[];
  /** What the program exports. */
  readonly outputs: PropertyMap;
  readonly policy: PolicyResults;
  readonly diagnostics: readonly Diagnostic[];
  /** What the program wrote to standard output. */
  readonly programOutput: string;
  /** Resources whose contents only their provider's own process knows: neither shown nor checked. */
  readonly opaque: readonly OpaqueResource[];
  /** `blocked`: a mandatory policy is violated; the Pulumi command would exit with 1. */
  readonly outcome: "passed" | "blocked";
}

/** A resource that is previewed without its contents; what the program reads of it is unknown. */
export interface OpaqueResource {
  readonly type: string;
  readonly name: string;
  /** Absent for a chart or a folder, which is no resource by itself. */
  readonly urn?: string;
  readonly what: "remoteComponent" | "dynamicProvider" | "manifests";
}

/** A question that only a cloud can answer, and that the caller's tables do not. */
export interface MissingAnswer {
  readonly what: "invoke" | "call" | "read" | "stackReference";
  /** Token of the function or type, or name of the stack. */
  readonly subject: string;
  /** Of what is read. */
  readonly id?: string;
  /** Of the function. */
  readonly args?: PropertyMap;
}

/** One resource as the engine would record it at preview. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; absent for the stack, for providers that the engine registers, and for what has no parent. */
  readonly parent?: string;
  /** False for components. */
  readonly custom: boolean;
  /** Read with `.get()`: it exists already and is not managed by the stack. Policies do not see it. */
  readonly external: boolean;
  /** Absent for components. */
  readonly id?: string | Unknown;
  /** `URN::id` of the provider; absent for components and providers. */
  readonly provider?: string;
  readonly dependencies: readonly string[];
  /** URNs that each input was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** As the provider's Check left them: names generated, defaults filled in; remediations applied. */
  readonly inputs: PropertyMap;
  /** What the provider answers at preview, for a component what it gave to `registerOutputs`. */
  readonly outputs: PropertyMap;
  readonly protect: boolean;
  /** URNs that the resource may have had before. */
  readonly aliases: readonly string[];
  readonly options: ResourceOptions;
}

/** Resource options as registered, after transforms and inheritance. Timeouts in the notation of the program: `5m`. */
export interface ResourceOptions {
  readonly version?: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly hideDiffs: readonly string[];
  readonly replaceWith: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly import?: string;
  readonly customTimeouts: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** A message of the program, the engine or a provider. */
export interface Diagnostic {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn?: string;
}

export interface PolicyResults {
  readonly packs: readonly PolicyPackInfo[];
  /** In the order of registration of the resources, then those of the whole stack. */
  readonly violations: readonly PolicyViolation[];
  readonly remediations: readonly Remediation[];
  readonly notApplicable: readonly NotApplicable[];
}

export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";
export type PolicySeverity = "low" | "medium" | "high" | "critical";

export interface PolicyPackInfo {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly policies: readonly PolicyInfo[];
}

export interface PolicyInfo {
  readonly name: string;
  readonly displayName?: string;
  readonly description: string;
  /** After configuration. */
  readonly level: EnforcementLevel;
  readonly severity?: PolicySeverity;
  readonly type: "resource" | "stack" | "unspecified";
  readonly url?: string;
}

export interface PolicyViolation {
  readonly pack: string;
  readonly version: string;
  readonly policy: string;
  /** `mandatory` blocks. A violation of a `remediate` policy counts as mandatory. */
  readonly level: "advisory" | "mandatory";
  readonly severity?: PolicySeverity;
  readonly description: string;
  /** The full text, the policy's description first. */
  readonly message: string;
  /** The resource; of a stack policy that names none, the stack. */
  readonly urn: string;
  readonly stage: "remediation" | "resource" | "stack";
}

export interface Remediation {
  readonly pack: string;
  readonly version: string;
  readonly policy: string;
  readonly description: string;
  readonly urn: string;
  readonly before: PropertyMap;
  readonly after: PropertyMap;
}

export interface NotApplicable {
  readonly pack: string;
  readonly policy: string;
  /** Absent for stack policies. */
  readonly urn?: string;
  readonly reason: string;
}
