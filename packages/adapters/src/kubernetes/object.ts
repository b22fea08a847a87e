import { isUnknown, type ObjectRef, type SourcePlace } from "@evenkeel/core/model";
import { dig, elements, isMap, member, notes, rootField, type Field, type Notes } from "../reading/field";
import { present } from "../reading/present";

/** A plain object as parsed from a file, a live cluster or a Pulumi program, with the place it was read from. */
export interface SourceObject {
  readonly object: unknown;
  readonly source?: SourcePlace;
  /** What a program asked for, where `object` is what came of it. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What is stored of it now, and is to be changed in place. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** URN, for an object of a Pulumi program. */
  readonly urn?: string;
  /** Name to call it by where `metadata.name` is not known; a Pulumi resource's own name. */
  readonly fallbackName?: string;
  /** URNs by the top-level property that was computed from them. */
  readonly feeders?: Feeders;
  /** Cluster that it is in, where a source has several: objects join within one rather than across. */
  readonly scope?: string;
  /** Line of the file on which the text of a key starts, for the keys of a ConfigMap whose lines are lines of the file. */
  readonly textStarts?: Readonly<Record<string, number>>;
}

/** `{ spec: ["urn:…::web"] }` */
type Feeders = Readonly<Record<string, readonly string[]>>;

/** One Kubernetes object, opened for reading. */
export interface OpenObject {
  readonly ref: ObjectRef;
  /** `apps/v1` -> `apps`; empty for the core group. */
  readonly group: string;
  readonly field: Field;
  readonly inputs?: SourceObject["inputs"];
  readonly before?: SourceObject["before"];
  readonly notes: Notes;
  readonly feeders?: Feeders;
  readonly scope?: string;
  readonly textStarts?: SourceObject["textStarts"];
}

/** Namespace of a namespaced object that names none. */
const DEFAULT_NAMESPACE = "default";

const CLUSTER_SCOPED = new Set(["Node", "Namespace", "IngressClass"]);

/** Undefined for what is no Kubernetes object; that is passed over in silence. */
export function openObject(source: SourceObject, namespace = DEFAULT_NAMESPACE): OpenObject | undefined {
  if (!isMap(source.object)) return undefined;
  const { apiVersion, kind } = source.object;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || kind === "") return undefined;
  const into = notes();
  const field = rootField(source.object, into);
  const name =
    plain(dig(field, "metadata", "name")) ??
    source.fallbackName ??
    plain(dig(field, "metadata", "generateName"));
  const ref: ObjectRef = present({
    kind,
    namespace: CLUSTER_SCOPED.has(kind)
      ? undefined
      : (plain(dig(field, "metadata", "namespace")) ?? namespace),
    name: name ?? "",
    urn: source.urn,
    source: source.source,
  });
  return present({
    ref,
    group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "",
    field,
    inputs: source.inputs,
    before: source.before,
    notes: into,
    feeders: source.feeders,
    scope: source.scope,
    textStarts: source.textStarts,
  });
}

/** Names are read without complaint: a wrong one is the concern of the API's own validation. */
function plain({ value }: Field): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether the object was read from an API server, which has accepted it. */
export function isStored({ field: { value } }: Pick<OpenObject, "field">): boolean {
  const metadata = isMap(value) ? value.metadata : undefined;
  return isMap(metadata) && ("uid" in metadata || "resourceVersion" in metadata);
}

/**
 * The object as somebody wrote it, to be held against the API server; of one that was read from a server, which has accepted it, what
 * the program at hand will ask for again, as far as all of it is known. Undefined where nobody is known to have written any.
 */
export function writtenObject({
  field,
  inputs,
}: Pick<OpenObject, "field" | "inputs">): Readonly<Record<string, unknown>> | undefined {
  const { value } = field;
  if (!isStored({ field })) return isMap(value) ? value : undefined;
  const isWritten =
    isMap(inputs) &&
    isMap(inputs.spec) &&
    !isStored({ field: rootField(inputs, notes()) }) &&
    !holdsUnknown(inputs);
  return isWritten ? inputs : undefined;
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isUnknown(value) || Object.values(value).some(holdsUnknown);
}

/** The objects themselves, with those of `kubectl get -o json` lists (`List`, `ServiceList`, …) taken out of their list. */
export function flatten(sources: readonly SourceObject[]): readonly SourceObject[] {
  return sources.flatMap((source) => {
    if (!isMap(source.object) || !isList(source.object)) return [source];
    const items = elements(member(rootField(source.object), "items"));
    // `items` of a typed list carry neither kind nor version.
    const itemKind = itemKindOf(source.object);
    return items.map(({ value }, index): SourceObject => ({
      object: itemKind && isMap(value) ? { ...itemKind, ...value } : value,
      ...(source.source
        ? { source: { file: source.source.file, document: source.source.document, item: index } }
        : {}),
    }));
  });
}

function isList(object: Readonly<Record<string, unknown>>): boolean {
  return typeof object.kind === "string" && object.kind.endsWith("List") && Array.isArray(object.items);
}

function itemKindOf({ kind, apiVersion }: Readonly<Record<string, unknown>>): object | undefined {
  return typeof kind === "string" && kind !== "List"
    ? { apiVersion, kind: kind.slice(0, -"List".length) }
    : undefined;
}
