/** Prefix of the project's own annotation keys. */
export const ANNOTATION_PREFIX = "evenkeel.io/";

/** Exemptions on an object itself, as a JSON list; counts only where the configuration allows it. */
export const EXEMPT_ANNOTATION = `${ANNOTATION_PREFIX}exempt`;

/** A load balancer class that no controller claims: the Service gets its ports and health-check port, nobody builds for it. */
export const UNMANAGED_CLASS = "evenkeel.io/unmanaged";

/** Base of documentation links; relative to the repository until the project has a home. */
export const DOCS_BASE = "docs/rules/";

export function ruleUrl(rule: string): string {
  return `${DOCS_BASE}${rule}.md`;
}
