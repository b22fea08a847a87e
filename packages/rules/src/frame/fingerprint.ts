import { createHash } from "node:crypto";
import type { FindingResource } from "@evenkeel/core/model";

/**
 * Identity of a finding over runs: the rule, the object and the place, not the line, the wording or the numbers in it.
 * Baselines and code scanning compare it.
 */
export function fingerprint(
  rule: string,
  resource: FindingResource,
  path: string,
  facts: readonly string[],
): string {
  const identity = [
    rule,
    resource.urn ?? `${resource.kind}/${resource.namespace ?? ""}/${resource.name}`,
    path,
    ...facts,
  ];
  return createHash("sha256").update(identity.join("\u0000")).digest("hex").slice(0, 16);
}
