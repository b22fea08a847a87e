import type { PulumiResource } from "@evenkeel/adapters";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { plainProperties, type OriginOf, type PlainMap } from "./plain";

/** A resource as one policy request shows it: its inputs, as the provider's check left them. */
export function resourceByItself(args: ResourceValidationArgs): PulumiResource {
  const { type, urn, name, opts, provider } = args;
  return {
    type,
    urn,
    name,
    parent: opts.parent,
    properties: plainProperties(args.props),
    provider: provider?.urn,
  };
}

/** The resources of the whole stack: their outputs, and their inputs where they are remembered. */
export function resourcesOfStack(
  resources: readonly PolicyResource[],
  inputsOf: (urn: string) => PlainMap | undefined,
): readonly PulumiResource[] {
  return resources.map((resource) => {
    const { type, urn, name, parent, dependencies, propertyDependencies, provider } = resource;
    return {
      type,
      urn,
      name,
      parent: parent?.urn,
      properties: plainProperties(resource.props, originsIn(propertyDependencies)),
      inputs: inputsOf(urn),
      dependencies: dependencies.map((one) => one.urn),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, from]) => [
          property,
          from.map((one) => one.urn),
        ]),
      ),
      provider: provider?.urn,
    };
  });
}

/** What is unknown in a property comes from the resource that the property was computed from; of several, nobody can tell. */
function originsIn(dependencies: PolicyResource["propertyDependencies"]): OriginOf {
  return (property) => {
    const [from, ...others] = dependencies[property] ?? [];
    return from && others.length === 0 ? { resource: from.urn } : undefined;
  };
}
