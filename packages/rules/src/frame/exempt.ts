import { findingName, type Exemption, type Finding } from "@evenkeel/core/model";
import { matchesWildcard } from "./wildcard";

/** Applies exemptions: a finding that one covers becomes `exempted`; one whose exemption has expired stays, and says so. */
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

/** `*` stands for any run of characters; the pattern is held against `namespace/name`, `Kind/namespace/name` and the URN. */
function covers(pattern: string, { resource }: Finding): boolean {
  const path = resource.namespace ? `${resource.namespace}/${resource.name}` : resource.name;
  const names = [path, `${resource.kind}/${path}`, resource.urn ?? findingName(resource)];
  return names.some((name) => matchesWildcard(pattern, name));
}
