import { isMap } from "../reading/field";
import { WORKLOAD_ARGUMENTS, type ComponentInputs } from "./component-inputs";
import { feedersOf, type PulumiResource } from "./resource";

/**
 * The arguments of a component with the properties of a workload resource in the place of a reference to it, as far as the resource is
 * among those at hand. A reference is a URN, or an id, of which only the property's dependencies say whose it is.
 *
 * @param find the resource with this URN, its properties as the provider answered or will answer
 */
export function withWorkloads(
  component: PulumiResource,
  find: (urn: string) => PulumiResource | undefined,
): ComponentInputs {
  const { properties } = component;
  const resolved = Object.entries(WORKLOAD_ARGUMENTS).flatMap(([key, kind]) => {
    const reference = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (reference === undefined || reference === null || isWorkload(reference)) return [];
    const urns = [...(typeof reference === "string" ? [reference] : []), ...feedersOf(component, key)];
    const workload = urns.map(find).find((resource) => resource?.type.endsWith(`:${kind}`));
    if (!workload) return [];
    const { metadata, spec } = workload.properties;
    return [[key, { metadata, spec }] as const];
  });
  return resolved.length === 0 ? properties : { ...properties, ...Object.fromEntries(resolved) };
}

/** Rather than a reference to one, or an unknown. */
function isWorkload(value: unknown): boolean {
  return isMap(value) && isMap(value.spec);
}
