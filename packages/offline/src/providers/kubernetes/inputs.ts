import {
  containsSecrets,
  containsUnknowns,
  isMap,
  Secret,
  secret,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "../../values/property";

const AUTONAMED = "pulumi.com/autonamed";
const MANAGED_BY = "app.kubernetes.io/managed-by";
// Fields of metadata that only the server writes.
const READ_ONLY = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

export function metadataOf(object: PropertyMap): PropertyMap {
  return isMap(object["metadata"]) ? object["metadata"] : {};
}

/** True if the object has a name, be it one that is not known yet. */
export function isNamed(object: PropertyMap): boolean {
  const { name } = metadataOf(object);
  return name instanceof Unknown || (typeof name === "string" && name !== "");
}

/** True if the server shall make up a name. */
export function hasGenerateName(object: PropertyMap): boolean {
  const { generateName } = metadataOf(object);
  return generateName instanceof Unknown || (typeof generateName === "string" && generateName !== "");
}

/** Without what only the server writes, and with Secrets in their stored form (provider.go normalizeInputs). */
export function normalized(object: PropertyMap): PropertyMap {
  const plain = containsUnknowns(object) ? object : withStoredSecret(object);
  if (!isMap(plain["metadata"])) return plain;
  const metadata = Object.fromEntries(
    Object.entries(plain["metadata"]).filter(([key]) => !READ_ONLY.includes(key)),
  );
  return { ...plain, metadata };
}

// clients/unstructured.go normalizeSecret: the server moves `stringData` into `data`.
function withStoredSecret(object: PropertyMap): PropertyMap {
  const { stringData, ...rest } = object;
  if (object["kind"] !== "Secret" || object["apiVersion"] !== "v1" || !isMap(stringData)) return object;
  if (Object.keys(stringData).length === 0) return object;
  const encoded = Object.entries(stringData).map(([key, value]): [string, PropertyValue] => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  return { ...rest, data: { ...(isMap(rest["data"]) ? rest["data"] : {}), ...Object.fromEntries(encoded) } };
}

export function withName(object: PropertyMap, name: string): PropertyMap {
  return withMetadata(withMetadata(object, "name", name), "annotations", AUTONAMED, "true");
}

export function withNamespace(object: PropertyMap, namespace: string): PropertyMap {
  return withMetadata(object, "namespace", namespace);
}

/** The mark of client-side apply; server-side apply has field managers instead. */
export function withManagedByLabel(object: PropertyMap): PropertyMap {
  return withMetadata(object, "labels", MANAGED_BY, "pulumi");
}

function withMetadata(object: PropertyMap, field: string, ...rest: [string] | [string, string]): PropertyMap {
  const metadata = object["metadata"] ?? {};
  // What is not known yet cannot be completed either.
  if (!isMap(metadata)) return object;
  const [first, second] = rest;
  if (second === undefined) return { ...object, metadata: { ...metadata, [field]: first } };
  const map = metadata[field] ?? {};
  return isMap(map) ? { ...object, metadata: { ...metadata, [field]: { ...map, [first]: second } } } : object;
}

/**
 * Marks as secret what has the place of something secret, and all data of a Secret whoever wrote it (provider.go
 * annotateSecrets). A secret within a list makes the whole list secret.
 */
export function withSecrets(object: PropertyMap, written: PropertyMap): PropertyMap {
  if (object["kind"] === "Secret") {
    const hidden = ["data", "stringData"].filter((key) => object[key] !== undefined);
    return { ...object, ...Object.fromEntries(hidden.map((key) => [key, secret(object[key] ?? null)])) };
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, value]): [string, PropertyValue] => {
      const before = Object.hasOwn(written, key) ? written[key] : undefined;
      if (before === undefined || value instanceof Secret) return [key, value];
      if (isMap(value) && isMap(before)) return [key, withSecrets(value, before)];
      return [key, containsSecrets(before) ? secret(value) : value];
    }),
  );
}
