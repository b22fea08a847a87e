import { isQuantityProblem, resourceAmount, type ResourceList } from "@evenkeel/core/model";
import { entries, isAbsent, isOpen, member, misread, type Field } from "../reading/field";

/** A map of resource names to quantities; an entry that is no quantity is noted and left out. */
export function readResourceList(field: Field): ResourceList {
  if (isAbsent(field)) return {};
  const amounts: Record<string, number> = {};
  for (const [name, entry] of entries(field)) {
    const amount = amountOf(name, entry);
    if (amount !== undefined) amounts[name] = amount;
  }
  return amounts;
}

/** What a container asks for: its requests, and its limits where it names no request (k/k pkg/apis/core/v1/defaults.go). */
export function readRequests(resources: Field): ResourceList {
  return {
    ...readResourceList(member(resources, "limits")),
    ...readResourceList(member(resources, "requests")),
  };
}

function amountOf(name: string, field: Field): number | undefined {
  if (isAbsent(field) || isOpen(field)) return undefined;
  if (typeof field.value === "string" || typeof field.value === "number") {
    const amount = resourceAmount(name, field.value);
    if (!isQuantityProblem(amount)) return amount;
  }
  return misread(field, "a Kubernetes quantity such as 4, 500m or 16Gi");
}
