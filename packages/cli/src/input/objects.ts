import { isHaproxyFile, leanConfigMap, leanSecret, type SourceObject } from "@evenkeel/adapters";
import { isMap, type ObjectRef, type SourcePlace, type SourceText } from "@evenkeel/core/model";
import type { ParsedFile } from "./parse";

/** One Kubernetes object with the place it was read from. */
export interface PlacedObject {
  readonly object: Readonly<Record<string, unknown>>;
  readonly source: SourcePlace;
  readonly textStarts?: SourceObject["textStarts"];
}

/** Kinds whose objects say nothing of traffic; they are dropped while reading, so that large inputs stay small. */
const DROPPED_KINDS = new Set([
  "Event",
  "CustomResourceDefinition",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ServiceAccount",
]);

/** The Kubernetes objects of a file: its documents, and the entries of every List among them. */
export function objectsOf({ documents }: ParsedFile, file: string): readonly PlacedObject[] {
  return documents.flatMap(({ index, value }) => expand(value, { file, document: index }));
}

export function saysOfTraffic({ object }: PlacedObject): boolean {
  return typeof object["kind"] === "string" && !DROPPED_KINDS.has(object["kind"]);
}

/** The keys of a ConfigMap that hold configurations of HAProxy. */
export function haproxyKeys({ object: { kind, data } }: Pick<PlacedObject, "object">): readonly string[] {
  if (kind !== "ConfigMap" || !isMap(data)) return [];
  return Object.entries(data).flatMap(([key, text]) => (isHaproxyFile(key, text) ? [key] : []));
}

function expand(value: unknown, source: SourcePlace): readonly PlacedObject[] {
  if (Array.isArray(value)) return value.flatMap((one) => expand(one, source));
  if (!isMap(value)) return [];
  const { kind, items, apiVersion } = value;
  if (Array.isArray(items) && (kind === undefined || (typeof kind === "string" && kind.endsWith("List")))) {
    // The entries of a typed list such as ServiceList carry neither kind nor version.
    const typed = typeof kind === "string" && kind !== "List" ? { apiVersion, kind: kind.slice(0, -4) } : {};
    return items.flatMap((one: unknown, item) =>
      expand(isMap(one) ? { ...typed, ...one } : one, { ...source, item }),
    );
  }
  if (typeof kind !== "string" || typeof apiVersion !== "string") return [];
  const lean = LEAN.get(kind);
  const object = lean ? lean(value) : value;
  return object ? [{ object, source }] : [];
}

/** Kinds of which only a few keys say something of traffic. */
const LEAN = new Map<string, (object: RawObject) => RawObject | undefined>([
  ["ConfigMap", leanConfigMap],
  ["Secret", leanSecret],
]);

type RawObject = Readonly<Record<string, unknown>>;

/** A Pulumi state (`stack export`) or preview (`preview --json`) among the documents, which adapters read as a whole. */
export function pulumiDocument({ documents }: ParsedFile): Readonly<Record<string, unknown>> | undefined {
  const [first, ...others] = documents;
  if (others.length > 0 || !first || !isMap(first.value)) return undefined;
  const { deployment, steps, checkpoint } = first.value;
  return isMap(deployment) || Array.isArray(steps) || isMap(checkpoint) ? first.value : undefined;
}

/** The duplicate keys of a file, each with the object that it stands in. */
export function textsOf(parsed: ParsedFile, file: string): readonly SourceText[] {
  if (parsed.duplicates.length === 0) return [];
  // Of these only a few keys matter, and none of them is lost by being written twice.
  const objects = objectsOf(parsed, file).filter(
    (one) => saysOfTraffic(one) && !LEAN.has(String(one.object["kind"])),
  );
  return objects.flatMap(({ object, source }) => {
    const prefix = source.item === undefined ? "" : `items[${source.item}].`;
    const duplicateKeys = parsed.duplicates
      .filter(({ document, path }) => document === source.document && path.startsWith(prefix))
      .map((one) => ({ ...one, path: one.path.slice(prefix.length) }));
    return duplicateKeys.length > 0 ? [{ ref: refOf(object, source), duplicateKeys }] : [];
  });
}

/** The name of an object as adapters give it, for findings about its text. */
export function refOf(object: Readonly<Record<string, unknown>>, source: SourcePlace): ObjectRef {
  const metadata = isMap(object["metadata"]) ? object["metadata"] : {};
  const { name, generateName } = metadata;
  const namespace = text(metadata["namespace"]);
  return {
    kind: String(object["kind"]),
    ...(namespace === undefined ? {} : { namespace }),
    name: text(name) ?? text(generateName) ?? "",
    source,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
