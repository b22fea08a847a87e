import type { SourceObject } from "../kubernetes/object";
import { isUnknown } from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import type { PulumiResource } from "./resource";

/** `kubernetes:core/v1:Service`, `kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding`; older programs leave the version out. */
const TOKEN = /^kubernetes:([^:/]+)(?:\/([^:]+))?:([A-Za-z0-9]+)$/;

/** Tokens of the provider that stand for no object of their own: their objects are resources of their own. */
const NO_OBJECT = new Set(["helm.sh", "yaml", "kustomize", "pulumi"]);

/**
 * A Kubernetes resource as the object it stands for. Undefined for other types, for Lists and Patches (whose object is another's),
 * and for charts and files.
 */
export function kubernetesObject(resource: PulumiResource): SourceObject | undefined {
  const token = TOKEN.exec(resource.type);
  if (!token) return undefined;
  const [, group = "", version = "v1", kind = ""] = token;
  if (NO_OBJECT.has(group) || kind.endsWith("Patch") || kind.endsWith("List")) return undefined;
  const { properties, inputs, before, urn, name, propertyDependencies, provider, source } = resource;
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  const objectOf = (members: PulumiResource["properties"]) => ({
    ...withoutInternals(members),
    apiVersion: textOr(members.apiVersion, apiVersion),
    kind: textOr(members.kind, kind),
    metadata: named(members.metadata, name),
  });
  return present({
    object: objectOf(properties),
    inputs: inputs && objectOf(inputs),
    before: before && objectOf(before),
    urn,
    fallbackName: name,
    feeders: propertyDependencies,
    scope: provider,
    source,
  });
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}

/** An object that nobody named is called after its resource, with some characters behind (the provider's autonaming). */
function named(metadata: unknown, name: string): unknown {
  if (metadata === undefined || metadata === null) return { name };
  if (isUnknown(metadata) || !isMap(metadata) || "name" in metadata || "generateName" in metadata)
    return metadata;
  return { ...metadata, name };
}

/** What the provider keeps for itself (`__inputs`, `__initialApiVersion`) is no part of the object. */
function withoutInternals(properties: PulumiResource["properties"]): PulumiResource["properties"] {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}
