import type { ObjectRef, SourcePlace } from "@evenkeel/core/model";
import { present } from "../reading/present";

/**
 * A resource of a Pulumi program, preview or state: JSON with `Unknown` in place of what is not known. Secrets come as what
 * `readableOfSecret` leaves of them, or unwrapped where the caller takes them out of every message. URNs are of the resources in the
 * same reading.
 */
export interface PulumiResource {
  /** `aws:lb/targetGroup:TargetGroup`, `kubernetes:core/v1:Service`, `evenkeel:index:NlbIpService`. */
  readonly type: string;
  readonly urn: string;
  /** The resource's own name in the program, not that of the object in the cloud. */
  readonly name: string;
  readonly parent?: string;
  /** What the provider answered, or the inputs where it has not. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Where at hand: what nobody wrote and is unknown in `properties` is then a default still to be computed, not an unknown. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What it was before an update in place, in a preview; one that is replaced starts anew. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** URNs of resources that it depends on in any way. */
  readonly dependencies?: readonly string[];
  /** URNs by the top-level property that was computed from them. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Provider instance, such as one cluster: objects join within one rather than across. */
  readonly provider?: string;
  readonly source?: SourcePlace;
}

/** URNs that a property was computed from. */
export function feedersOf({ propertyDependencies }: PulumiResource, property: string): readonly string[] {
  return propertyDependencies && Object.hasOwn(propertyDependencies, property)
    ? (propertyDependencies[property] ?? [])
    : [];
}

/** How people call the resource: by its kind and its name in the program. */
export function resourceRef(kind: string, { name, urn, source }: PulumiResource): ObjectRef {
  return present({ kind, name, urn, source });
}
