import type { ResourceRemediation } from "@pulumi/policy";
import type { Finding } from "@evenkeel/core/model";
import type { Rule } from "@evenkeel/rules";
import type { Review } from "../review/review";
import { read, shownAlone } from "../sdk/shown";
import { asMergePatch, mergeInto, type MergePatch } from "./merge";

/**
 * Applies the patches that a rule's findings on this resource carry, the very ones that a person would paste. Only where the rule is
 * sure (nothing assumed, nobody exempted it) and content with the result; all else stays for the rule to report.
 */
export function remediationOf(rule: Rule, review: Review): ResourceRemediation {
  return async (args) => {
    const resource = read(shownAlone(args));
    const patches = await patchesOf(review.sureViolations(rule, resource));
    if (patches.length === 0) return undefined;
    const properties = structuredClone(resource.properties);
    for (const patch of patches) mergeInto(properties, patch);
    if (review.sureViolations(rule, { ...resource, properties }).length > 0) return undefined;
    // The SDK's proxy keeps secret what was secret, also where it is written to.
    for (const patch of patches) mergeInto(args.props, patch);
    return args.props;
  };
}

/** All patches, or none where a finding has none that can be applied by itself. */
async function patchesOf(findings: readonly Finding[]): Promise<readonly MergePatch[]> {
  if (!findings.some(({ patch }) => patch !== undefined)) return [];
  // Needed at this level only, which is rare: not at the start of the pack.
  const { load } = await import("js-yaml");
  const patches = findings.map(({ patch }) => asMergePatch(patch === undefined ? undefined : load(patch)));
  return patches.every((patch) => patch !== undefined) ? patches : [];
}
