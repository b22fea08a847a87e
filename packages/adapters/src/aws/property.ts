import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type Knowable,
  type ObjectRef,
  type Place,
  type Setting,
} from "@evenkeel/core/model";
import { isAbsent, member, misread, rootField, texts, type Field, type Notes } from "../reading/field";
import { feedersOf, type PulumiResource } from "../pulumi/resource";

/** The properties of one AWS resource, opened for reading. */
export interface AwsResource {
  readonly ref: ObjectRef;
  readonly resource: PulumiResource;
  readonly properties: Field;
  readonly notes: Notes;
}

export function openAws(ref: ObjectRef, resource: PulumiResource, notes: Notes): AwsResource {
  return { ref, resource, properties: rootField(resource.properties, notes), notes };
}

/** Text, number or boolean of a property, as AWS resources write them in turn: `"true"`, `true`, `30`, `"30"`. */
export type Scalar = string | number | boolean;

/**
 * A value that is text where an unset output was put into a string: the program read a field that the provider had not filled in,
 * as the Kubernetes provider does without a cluster. Nothing is known of it.
 */
const NOTHING = new Set(["undefined", "null", "NaN", "[object Object]"]);

export function scalar(aws: AwsResource, field: Field): Knowable<Scalar> | undefined {
  const { value, path } = field;
  if (isAbsent(field)) return undefined;
  if (isUnknown(value) || (typeof value === "string" && NOTHING.has(value))) return openValue(aws, field);
  if (typeof value === "number" && Number.isNaN(value)) return unknownAt(path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : misread(field, "text, a number, or true or false");
}

/** An unknown, with the resource that its property was computed from if that is a single one. */
export function openValue({ resource }: AwsResource, { value, path }: Field): Knowable<never> {
  if (isUnknown(value) && value.origin) return unknownAt(path, value.origin);
  const [from, ...others] = feedersOf(resource, path.split(/[.[]/, 1)[0] ?? "");
  return unknownAt(path, from !== undefined && others.length === 0 ? { resource: from } : undefined);
}

export function textOf(aws: AwsResource, field: Field): Knowable<string> | undefined {
  const value = scalar(aws, field);
  return value === undefined || isUnknown(value) ? value : String(value);
}

/** A whole number, also as text. */
export function numberOf(aws: AwsResource, field: Field): Knowable<number> | undefined {
  const value = scalar(aws, field);
  if (value === undefined || isUnknown(value)) return value;
  const number = typeof value === "boolean" || value === "" ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) ? number : misread(field, "a whole number");
}

/** A boolean, also as text. */
export function booleanOf(aws: AwsResource, field: Field): Knowable<boolean> | undefined {
  const value = scalar(aws, field);
  if (value === undefined || isUnknown(value) || typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  return misread(field, "true or false");
}

/**
 * A property as a setting: what is written, else the default. What the provider filled in is a default too: `__defaults` of a map
 * names what it put into the inputs; the rest can be told only where the inputs are at hand beside its answer.
 */
export function settingOf<T>(
  aws: AwsResource,
  holder: Field,
  key: string,
  read: (aws: AwsResource, field: Field) => Knowable<T> | undefined,
  fallback: Knowable<T>,
): Setting<T> {
  const field = member(holder, key);
  const at: Place = { resource: aws.ref, path: field.path };
  const value = read(aws, field);
  if (value === undefined) return byDefault(fallback, at);
  const isWritten = !filledIn(holder, key) && isInput(aws, field.path);
  return isWritten ? given(value, at) : byDefault(value, at);
}

/** True too where the inputs are not at hand. */
function isInput({ resource: { inputs } }: AwsResource, path: string): boolean {
  if (inputs === undefined) return true;
  const steps = path.match(/[^.[\]]+/g) ?? [];
  return !isAbsent(steps.reduce<Field>((field, step) => element(field, step), rootField(inputs)));
}

function element(field: Field, step: string): Field {
  return Array.isArray(field.value) ? { ...field, value: field.value[Number(step)] } : member(field, step);
}

function filledIn(holder: Field, key: string): boolean {
  const defaults = member(holder, "__defaults");
  return Array.isArray(defaults.value) && texts(defaults).includes(key);
}
