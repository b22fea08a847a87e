import type { DisruptionBudget, LabelSelector, ObjectRef } from "@evenkeel/core/model";
import { integerOrText, member, misread, type Field } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";
import { readLabelSelector } from "./selector";

/** A PodDisruptionBudget, and the pods that it is for. */
export interface ReadDisruptionBudget {
  readonly ref: ObjectRef;
  readonly selector: LabelSelector;
  readonly budget: DisruptionBudget;
}

export function isDisruptionBudget({ ref, group }: OpenObject): boolean {
  return ref.kind === "PodDisruptionBudget" && group === "policy";
}

/** `policy/v1`: no selector selects nothing, an empty one every pod of the namespace. Undefined for a budget without effect. */
export function readDisruptionBudget({ ref, field }: OpenObject): ReadDisruptionBudget | undefined {
  const spec = member(field, "spec");
  const selector = readLabelSelector(member(spec, "selector"));
  const budget = present({
    minAvailable: limit(member(spec, "minAvailable")),
    maxUnavailable: limit(member(spec, "maxUnavailable")),
  });
  return selector && Object.keys(budget).length > 0 ? { ref, selector, budget } : undefined;
}

function limit(field: Field): number | string | undefined {
  const read = integerOrText(field);
  const isFine = read === undefined || (typeof read === "number" ? read >= 0 : /^\d+%$/.test(read));
  return isFine ? read : misread(field, "a number of pods, or a percentage such as 50%");
}
