import type { Exemption, Finding, FindingResource } from "@evenkeel/core/model";
import { matchesWildcard } from "./wildcard";

/** Applies exemptions: a finding that one covers becomes `exempted`; one whose exemption has expired stays, with a note. */
export function exempt(finding: Finding, exemptions: readonly Exemption[], today: string): Finding {
  if (finding.verdict === "exempted") return finding;
  const covering = exemptions.filter(
    ({ rule, pattern }) => (rule === "*" || rule === finding.rule) && covers(pattern, finding),
  );
  const valid = covering.find(({ expires }) => expires === undefined || expires >= today);
  if (valid) {
    const { reason, approver, expires } = valid;
    return { ...finding, verdict: "exempted", exemption: { reason, approver, expires } };
  }
  const expired = covering[0];
  return expired
    ? { ...finding, message: `${finding.message}; its exemption expired on ${expired.expires}` }
    : finding;
}

/**
 * `*` matches any run of characters; the pattern is compared with `namespace/name`, `Kind/namespace/name` and the URN of the
 * resource to edit, and of those related to it: people exempt a Service, whichever object of its exposure has the field.
 */
function covers(pattern: string, { resource, related }: Finding): boolean {
  return [resource, ...related].flatMap(namesOf).some((name) => matchesWildcard(pattern, name));
}

function namesOf({ kind, namespace, name, urn }: FindingResource): readonly string[] {
  const path = namespace ? `${namespace}/${name}` : name;
  return [path, `${kind}/${path}`, ...(urn ? [urn] : [])];
}
