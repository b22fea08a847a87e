import { isUnknown, unknownAt, type Unknown } from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { WORKLOAD_ARGUMENTS, type ComponentInputs } from "./component-inputs";
import { decidesTraffic } from "./service-arguments";

/** The first value that is not known yet among those that the choice rests on. */
export function firstUnknown(inputs: ComponentInputs): Unknown | undefined {
  for (const [key, value] of Object.entries(inputs)) {
    if (!decidesTraffic(key)) continue;
    const found = unknownIn(value, key);
    if (found) return found;
  }
  return undefined;
}

/**
 * The first value below this place that is not known yet. A workload that is named by a string is a resource's URN, as packs receive
 * it: its properties are not here.
 */
export function unknownIn(value: unknown, path: string): Unknown | undefined {
  if (isUnknown(value)) return unknownAt(path, value.origin);
  if (typeof value === "string" && Object.hasOwn(WORKLOAD_ARGUMENTS, path))
    return unknownAt(path, { resource: value });
  if (Array.isArray(value)) return firstOf(value.map((item: unknown, index) => [`${path}[${index}]`, item]));
  return isMap(value)
    ? firstOf(Object.entries(value).map(([key, item]) => [`${path}.${key}`, item]))
    : undefined;
}

function firstOf(items: readonly (readonly [string, unknown])[]): Unknown | undefined {
  for (const [path, item] of items) {
    const found = unknownIn(item, path);
    if (found) return found;
  }
  return undefined;
}
