import { isUnknown } from "@evenkeel/core/model";
import type { Field } from "../reading/field";
import { feedersOf, type PulumiResource } from "../pulumi/resource";

/** A reference to another resource, by whatever of it can be seen: its ARN once it is known, the URN that it was computed from, its name. */
export interface Link {
  readonly arns: readonly string[];
  readonly urns: readonly string[];
  readonly name?: string;
}

/** A reference in `field`, within the top-level `property` whose dependencies are recorded. */
export function linkOf(resource: PulumiResource, property: string, ...fields: readonly Field[]): Link {
  const arns = fields.flatMap(({ value }) => (typeof value === "string" && !isUnknown(value) ? [value] : []));
  return { arns, urns: feedersOf(resource, property) };
}

/** Whether a reference means this resource. ARNs decide where both are known. */
export function linksTo(
  link: Link,
  target: { readonly ref: { readonly urn?: string }; readonly arn?: string; readonly name?: string },
): boolean {
  if (target.arn !== undefined && link.arns.length > 0) return link.arns.includes(target.arn);
  if (target.ref.urn !== undefined && link.urns.includes(target.ref.urn)) return true;
  return link.name !== undefined && link.arns.length === 0 && link.name === target.name;
}
