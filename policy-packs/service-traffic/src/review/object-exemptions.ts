import { EXEMPT_ANNOTATION, isMap, type Exemption } from "@evenkeel/core/model";
import type { PulumiResource } from "@evenkeel/adapters";
import { POLICY_RULES } from "../settings/names";
import { exemptions } from "../settings/read";

/** What resources say of themselves under `evenkeel.io/exempt`. */
export interface ObjectExemptions {
  readonly exemptions: readonly Exemption[];
  /** What is wrong with it, by resource. */
  readonly remarks: readonly { readonly urn: string; readonly text: string }[];
}

const RULE_IDS = POLICY_RULES.map(({ id }) => id);

/** Reads the annotation of Kubernetes objects and components, and the tag of AWS resources. */
export function objectExemptions(resources: readonly PulumiResource[], allowed: boolean): ObjectExemptions {
  const found: Exemption[] = [];
  const remarks: { urn: string; text: string }[] = [];
  for (const { urn, properties } of resources) {
    const written = annotationOf(properties);
    if (written === undefined) continue;
    const remark = (text: string): void => void remarks.push({ urn, text });
    if (allowed) found.push(...exemptionsOf(written, urn, remark));
    else
      remark(
        `${EXEMPT_ANNOTATION} has no effect: the configuration does not allow it; ask for an exemption there, or set objectExemptions of the catalogue policy to true`,
      );
  }
  return { exemptions: found, remarks };
}

function annotationOf({ metadata, annotations, tags }: PulumiResource["properties"]): string | undefined {
  const maps = [isMap(metadata) ? metadata["annotations"] : undefined, annotations, tags];
  return maps
    .map((map) => (isMap(map) ? map[EXEMPT_ANNOTATION] : undefined))
    .find((written) => typeof written === "string");
}

function exemptionsOf(written: string, urn: string, remark: (text: string) => void): readonly Exemption[] {
  const list = parsed(written);
  if (!Array.isArray(list)) {
    remark(
      `${EXEMPT_ANNOTATION}: no JSON list; wanted [{"rule": "…", "reason": "…", "approver": "…", "expires": "2027-01-31"}]`,
    );
    return [];
  }
  const own = list.map((one: unknown) => (isMap(one) ? { ...one, pattern: urn } : one));
  return exemptions(EXEMPT_ANNOTATION, own, RULE_IDS, remark);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
