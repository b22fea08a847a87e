/** Names one object in any source: a manifest, a live cluster, a Pulumi stack. */
export interface ObjectRef {
  /** Kubernetes kind (`Service`) or, for anything else, the word its users say (`TargetGroup`). */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Pulumi URN where the source has one. */
  readonly urn?: string;
  /** The file that the object was read from and its place there, for messages and annotations. */
  readonly source?: SourcePlace;
}

export interface SourcePlace {
  readonly file: string;
  /** Zero-based index of the YAML document in the file. */
  readonly document: number;
  /** Zero-based index within `items`, for an object that came in a List. */
  readonly item?: number;
}

/** `Service shop/web`; what people call the object. */
export function displayName(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ""}${ref.name}`;
}

/** Stable identity within one source, usable as a map key. */
export function refKey(ref: ObjectRef): string {
  return ref.urn ?? `${ref.kind}/${ref.namespace ?? ""}/${ref.name}`;
}
