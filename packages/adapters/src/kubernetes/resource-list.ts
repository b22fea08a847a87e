import { isQuantityProblem, resourceAmount, type ResourceList } from "@evenkeel/core/model";
import { entries, isAbsent, isOpen, member, misread, type Field } from "../reading/field";

/** Quantities by resource name, in the base units of `ResourceList`. */
export function readResourceList(field: Field): ResourceList {
  return Object.fromEntries(
    entries(field).flatMap(([name, quantity]) => {
      const amount = readAmount(name, quantity);
      return amount === undefined ? [] : [[name, amount]];
    }),
  );
}

function readAmount(resource: string, field: Field): number | undefined {
  const { value } = field;
  if (isAbsent(field) || isOpen(field)) return undefined;
  if (typeof value !== "string" && typeof value !== "number") return misread(field, "a quantity");
  const amount = resourceAmount(resource, value);
  return isQuantityProblem(amount) ? misread(field, "a quantity such as 500m or 1Gi") : amount;
}

/** What a container asks for: its requests, and its limits where it has no request (k/k pkg/apis/core/v1/defaults.go). */
export function readRequests(resources: Field): ResourceList {
  return {
    ...readResourceList(member(resources, "limits")),
    ...readResourceList(member(resources, "requests")),
  };
}
