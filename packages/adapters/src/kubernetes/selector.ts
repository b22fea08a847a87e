import type { LabelSelector, LabelSelectorRequirement } from "@evenkeel/core/model";
import {
  elements,
  entries,
  isAbsent,
  member,
  oneOf,
  text,
  textMap,
  texts,
  type Field,
} from "../reading/field";

const OPERATORS: readonly LabelSelectorRequirement["operator"][] = ["In", "NotIn", "Exists", "DoesNotExist"];

/** `metav1.LabelSelector`; undefined where there is none, which selects nothing, unlike an empty one. */
export function readLabelSelector(field: Field): LabelSelector | undefined {
  if (isAbsent(field)) return undefined;
  const labels = member(field, "matchLabels");
  const expressions = member(field, "matchExpressions");
  return {
    ...(isAbsent(labels) ? {} : { matchLabels: textMap(labels) }),
    ...(isAbsent(expressions) ? {} : { matchExpressions: elements(expressions).flatMap(readRequirement) }),
  };
}

function readRequirement(field: Field): readonly LabelSelectorRequirement[] {
  const key = text(member(field, "key"));
  const operator = oneOf(member(field, "operator"), OPERATORS);
  if (key === undefined || operator === undefined) return [];
  const values = member(field, "values");
  return [{ key, operator, ...(isAbsent(values) ? {} : { values: texts(values) }) }];
}

/**
 * The selector of a workload: a LabelSelector, or the plain map that ReplicationController and some custom resources have.
 */
export function readWorkloadSelector(spec: Field): LabelSelector | undefined {
  const field = member(spec, "selector");
  const isPlain = entries(field).every(([, value]) => typeof value.value === "string");
  if (isAbsent(field)) return undefined;
  return isPlain && entries(field).length > 0 ? { matchLabels: textMap(field) } : readLabelSelector(field);
}
