import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { PulumiResource } from "@evenkeel/adapters";
import { plainProperties, type OriginOf, type PlainMap } from "./plain";

/** A resource as one request shows it, its properties still to be read. */
export interface ShownResource extends Omit<PulumiResource, "properties" | "inputs" | "source"> {
  /** Reads them anew. */
  properties(): PlainMap;
}

/** As a policy is shown it: its inputs, as the provider's check left them. */
export function shownAlone(args: ResourceValidationArgs): ShownResource {
  const { type, urn, name, opts, provider } = args;
  const properties = () => plainProperties(args.props);
  return { type, urn, name, parent: opts.parent, provider: provider?.urn, properties };
}

/** As a stack policy is shown it: its outputs, and what it was computed from. */
export function shownInStack(resource: PolicyResource): ShownResource {
  const { type, urn, name, parent, dependencies, provider } = resource;
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, from]) => [
      property,
      from.map((one) => one.urn),
    ]),
  );
  return {
    type,
    urn,
    name,
    parent: parent?.urn,
    dependencies: dependencies.map((one) => one.urn),
    propertyDependencies,
    provider: provider?.urn,
    properties: () => plainProperties(resource.props, originsIn(propertyDependencies)),
  };
}

/** What is unknown in a property comes from the resource that the property was computed from; of several, nobody can tell. */
export function originsIn(dependencies: NonNullable<ShownResource["propertyDependencies"]>): OriginOf {
  return (property) => {
    const [from, ...others] = Object.hasOwn(dependencies, property) ? (dependencies[property] ?? []) : [];
    return from !== undefined && others.length === 0 ? { resource: from } : undefined;
  };
}

/** With the properties that it is shown with, or with others. */
export function read({ properties, ...resource }: ShownResource, inputs?: PlainMap): PulumiResource {
  return { ...resource, properties: properties(), ...(inputs ? { inputs } : {}) };
}
