import { readableOfSecret, type PulumiResource } from "@evenkeel/adapters";
import {
  ResourceReference,
  Secret,
  Unknown,
  type PreviewResult,
  type PropertyMap,
  type PropertyValue,
} from "@evenkeel/offline";
import { unknownAt } from "@evenkeel/core/model";

/** The resources of an offline preview as adapters read them: unknowns as records with their path, secrets as what may be said of them. */
export function previewResources({ resources }: PreviewResult): readonly PulumiResource[] {
  return resources.map(
    ({ type, urn, name, parent, outputs, inputs, custom, dependencies, propertyDependencies }) => {
      const record = (properties: PropertyMap): Readonly<Record<string, unknown>> =>
        Object.fromEntries(
          Object.entries(properties).map(([key, value]) => [key, plain(value, key, propertyDependencies)]),
        );
      return {
        type,
        urn,
        name,
        ...(parent ? { parent } : {}),
        // What a component gave as outputs says less than its arguments.
        properties: record(custom ? outputs : inputs),
        inputs: record(inputs),
        dependencies,
        propertyDependencies,
      };
    },
  );
}

function plain(
  value: PropertyValue | undefined,
  path: string,
  origins: Readonly<Record<string, readonly string[]>>,
): unknown {
  if (value instanceof Unknown) {
    const origin = origins[path.split(/[.[]/)[0] ?? ""]?.[0];
    return unknownAt(path, origin ? { resource: origin } : undefined);
  }
  // Adapters find the resource by its URN among the others.
  if (value instanceof ResourceReference) return value.urn;
  if (value instanceof Secret) return readableOfSecret(plain(value.value, path, origins), path);
  if (Array.isArray(value)) return value.map((one, index) => plain(one, `${path}[${index}]`, origins));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, plain(one, path ? `${path}.${key}` : key, origins)]),
    );
  }
  return value;
}
