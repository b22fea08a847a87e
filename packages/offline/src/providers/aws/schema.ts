import { isList, isMap, unknown, type PropertyMap, type PropertyValue } from "../../values/property";

/** What is known of a resource, or of a block within one, beside what the program writes. */
export interface Schema {
  /** Terraform defaults that Check writes into the inputs. */
  readonly defaults?: PropertyMap;
  /** Defaults that are false, zero or empty: no longer written into inputs, still part of the plan. */
  readonly planned?: PropertyMap;
  /** Outputs that only AWS knows where the program does not give them. */
  readonly computed?: readonly string[];
  /** Blocks: one, or a list of them. */
  readonly blocks?: Readonly<Record<string, Schema>>;
}

const DEFAULTS = "__defaults";

/**
 * The inputs as Check leaves them: nulls dropped, defaults written, and in each block the names of what was defaulted
 * (pulumi-terraform-bridge pkg/tfbridge/schema.go applyDefaults).
 */
export function withDefaults(inputs: PropertyMap, schema: Schema, more: PropertyMap = {}): PropertyMap {
  const given = Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== null)
      .map(([key, value]): [string, PropertyValue] => [
        key,
        inBlocks(value, schema.blocks?.[key], (block, nested) => withDefaults(block, nested)),
      ]),
  );
  const defaults = Object.entries({ ...schema.defaults, ...more }).filter(
    ([key]) => !Object.hasOwn(given, key),
  );
  return { ...given, ...Object.fromEntries(defaults), [DEFAULTS]: defaults.map(([key]) => key).sort() };
}

/** The outputs as planned: inputs, the rest of the defaults, and `unknown` for what AWS will choose. */
export function withPlanned(inputs: PropertyMap, schema: Schema): PropertyMap {
  const given = Object.fromEntries(
    Object.entries(inputs)
      .filter(([key]) => key !== DEFAULTS)
      .map(([key, value]): [string, PropertyValue] => [
        key,
        inBlocks(value, schema.blocks?.[key], (block, nested) => withPlanned(block, nested)),
      ]),
  );
  const chosen = (schema.computed ?? []).map((key): [string, PropertyValue] => [key, unknown]);
  return { ...Object.fromEntries(chosen), ...schema.planned, ...given };
}

function inBlocks(
  value: PropertyValue,
  schema: Schema | undefined,
  complete: (block: PropertyMap, schema: Schema) => PropertyMap,
): PropertyValue {
  if (schema === undefined) return value;
  if (isMap(value)) return complete(value, schema);
  return isList(value) ? value.map((item) => (isMap(item) ? complete(item, schema) : item)) : value;
}
