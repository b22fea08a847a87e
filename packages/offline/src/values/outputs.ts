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

/** Attaches to each property the resources that it was computed from, so that a transform can follow them. */
export function withDependencies(
  map: PropertyMap,
  dependencies: Readonly<Record<string, readonly string[]>>,
): PropertyMap {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, withDependenciesOn(value, dependencies[key] ?? [])]),
  );
}

function withDependenciesOn(value: PropertyValue, urns: readonly string[]): PropertyValue {
  const known = new Set(dependenciesOf(value));
  if (urns.every((urn) => known.has(urn))) return value;
  const output = asOutput(value);
  return new OutputValue(output.value, output.isSecret, [...new Set([...output.dependencies, ...urns])]);
}

function asOutput(value: PropertyValue): OutputValue {
  if (value instanceof OutputValue) return value;
  if (value instanceof Unknown) return new OutputValue(undefined, false, []);
  if (value instanceof Secret)
    return value.value instanceof Unknown
      ? new OutputValue(undefined, true, [])
      : new OutputValue(value.value, true, []);
  return new OutputValue(value, false, []);
}

/** Output values become plain, unknown or secret values (source_eval.go downgradeOutputValues). */
export function withoutOutputs(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (value) => (value instanceof OutputValue ? withoutDependencies(value) : value));
}

/** References to resources become ids: what providers that do not accept references are given, which is all. */
export function withoutReferences(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (value) => (value instanceof ResourceReference ? referenceAsValue(value) : value));
}
