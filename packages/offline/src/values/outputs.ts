import {
  isList,
  isMap,
  OutputValue,
  rebuildMap,
  ResourceReference,
  Secret,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "./property";
import { referenceAsValue, withoutDependencies } from "./wire";

/** URNs of the resources that a value was computed from. */
export function dependenciesOf(value: PropertyValue): readonly string[] {
  if (value instanceof OutputValue)
    return [...(value.value === undefined ? [] : dependenciesOf(value.value)), ...value.dependencies];
  if (value instanceof Secret) return dependenciesOf(value.value);
  if (isList(value)) return value.flatMap(dependenciesOf);
  if (isMap(value)) return Object.values(value).flatMap(dependenciesOf);
  return [];
}

/**
 * The form in which transforms are given properties: unknown values and secrets are output values, at any depth, and each
 * property carries the resources that it was computed from.
 */
export function withDependencies(
  map: PropertyMap,
  dependencies: Readonly<Record<string, readonly string[]>>,
): PropertyMap {
  return Object.fromEntries(
    Object.entries(asOutputs(map)).map(([key, value]) => [
      key,
      withDependenciesOn(value, dependencies[key] ?? []),
    ]),
  );
}

/** Unknown values and secrets as output values (plugin/rpc.go UpgradeToOutputValues). */
export function asOutputs(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (value) => {
    if (value instanceof Unknown) return new OutputValue(undefined, false, []);
    return value instanceof Secret ? new OutputValue(value.value, true, []) : value;
  });
}

function withDependenciesOn(value: PropertyValue, urns: readonly string[]): PropertyValue {
  const known = new Set(dependenciesOf(value));
  if (urns.every((urn) => known.has(urn))) return value;
  const output = value instanceof OutputValue ? value : new OutputValue(value, false, []);
  return new OutputValue(output.value, output.isSecret, [...new Set([...output.dependencies, ...urns])]);
}

/** Output values become plain, unknown or secret values (source_eval.go downgradeOutputValues). */
export function withoutOutputs(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (value) => (value instanceof OutputValue ? withoutDependencies(value) : value));
}

/** References to resources become ids: what providers that do not accept references are given, which is all. */
export function withoutReferences(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (value) => (value instanceof ResourceReference ? referenceAsValue(value) : value));
}
