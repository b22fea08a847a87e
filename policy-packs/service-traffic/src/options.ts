import type { EnforcementLevel } from "@pulumi/policy";
import type { ClusterShape } from "@evenkeel/adapters";
import type { Dataplane, OnUnknown } from "@evenkeel/core/model";
import type { RuleId, RuleIdAbout } from "@evenkeel/rules";

/** Rules that a Pulumi program can break; those about the text of files have nothing to read in a program. */
export type PolicyRuleId = Exclude<RuleId, RuleIdAbout<"text">>;

/** Accepts findings of one rule, for a reason and a time. */
export interface RuleExemption {
  /**
   * `namespace/name`, `Kind/namespace/name` or a URN, with `*` for any run of characters: of the resource to edit, or of one that is
   * related to it, so that the name of a Service covers the target groups in front of it and the workload behind it.
   */
  readonly pattern: string;
  readonly reason: string;
  readonly approver?: string;
  /** `YYYY-MM-DD`; holds through that day (UTC), after which the finding counts again. */
  readonly expires?: string;
}

/** The same for any rule: a rule's id, or `*`. */
export interface PackExemption extends RuleExemption {
  readonly rule: PolicyRuleId | "*";
}

export interface RuleOptions {
  readonly enforcementLevel?: EnforcementLevel;
  /** What an undecided verdict does: nothing, an advisory, or what a violation does. */
  readonly onUnknown?: OnUnknown;
  readonly exemptions?: readonly RuleExemption[];
}

/** Settings of the whole pack; those of a rule win over them. */
export interface CatalogueOptions {
  /** The catalogue reports and never blocks. */
  readonly enforcementLevel?: "advisory" | "disabled";
  readonly onUnknown?: OnUnknown;
  readonly exemptions?: readonly PackExemption[];
  /** Whether the annotation `evenkeel.io/exempt` counts. Whoever may write an object may then exempt it. */
  readonly objectExemptions?: boolean;
  /** Version of the clusters that the program deploys to: `1.36`. */
  readonly kubernetesVersion?: string;
  readonly dataplane?: Dataplane;
  /**
   * The nodes that the program deploys to, as `evenkeel --cluster` takes them, or the path of a file that has them: relative to
   * the folder that Pulumi is started in, or else to the pack's.
   */
  readonly cluster?: ClusterShape | string;
  /** Paths of files that `pulumi stack export` wrote of other stacks, to join with what lies there. Relative as for `cluster`. */
  readonly joinWith?: readonly string[];
}

/**
 * What `--policy-pack-config` takes, typed: a level for `all`, a level or a record by rule.
 *
 * @example
 * ```ts
 * new ServiceTraffic({ all: "advisory", "local-needs-http-health-check": "mandatory" });
 * ```
 */
export type ServiceTrafficOptions = {
  readonly [rule in PolicyRuleId]?: EnforcementLevel | RuleOptions;
} & {
  readonly all?: EnforcementLevel;
  readonly catalogue?: CatalogueOptions;
};
