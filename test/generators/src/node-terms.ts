import {
  HOSTNAME_LABEL,
  ZONE_LABEL,
  type NodeSelectorRequirement,
  type NodeSelectorTerm,
  type Toleration,
} from "@evenkeel/core";
import fc from "fast-check";
import { NODE_LABEL_VALUES, TAINT_EFFECTS, TAINT_KEYS, TAINT_VALUES } from "./clusters";
import { maybe } from "./endpoints";
import { mostly } from "./mostly";

const nodeRequirement: fc.Arbitrary<NodeSelectorRequirement> = fc.oneof(
  fc.constantFrom(ZONE_LABEL, "disk", "generation").chain((key) =>
    fc.record({
      key: fc.constant<string>(key),
      operator: fc.constantFrom("In" as const, "NotIn" as const),
      values: fc.subarray([...NODE_LABEL_VALUES[key as "disk"]] as string[], { minLength: 1 }),
    }),
  ),
  fc.record({
    key: fc.constantFrom("disk", "rack", HOSTNAME_LABEL),
    operator: fc.constantFrom("Exists" as const, "DoesNotExist" as const),
  }),
  fc.record({
    key: fc.constantFrom("generation", "disk"),
    operator: fc.constantFrom("Gt" as const, "Lt" as const),
    values: fc.constantFrom(["2"], ["3"], ["10"]),
  }),
);

const nodeField: fc.Arbitrary<NodeSelectorRequirement> = fc.record({
  key: fc.constant("metadata.name"),
  operator: mostly(fc.constant("In" as const), fc.constant("NotIn" as const), 1),
  values: fc.integer({ min: 1, max: 10 }).map((number) => [`n${number}`]),
});

export const nodeTerm: fc.Arbitrary<NodeSelectorTerm> = fc.record({
  matchExpressions: fc.array(nodeRequirement, { maxLength: 2 }),
  matchFields: mostly<readonly NodeSelectorRequirement[]>(
    fc.constant([]),
    fc.array(nodeField, { minLength: 1, maxLength: 2 }),
    6,
  ),
});

/** Nodes that every term names by `metadata.name In`; undefined if some term names none. */
function namesOf(terms: readonly NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  const lists = terms.map(({ matchFields = [] }) =>
    matchFields.filter(({ operator }) => operator === "In").map(({ values = [] }) => values[0] ?? ""),
  );
  if (lists.some((names) => names.length === 0)) return undefined;
  return new Set(lists.flatMap((names) => (new Set(names).size === 1 ? names.slice(0, 1) : [])));
}

/** Terms that name more than one node are left out: the scheduler then looks at nodes in the order of a Go map. */
export const requiredTerms = fc
  .array(nodeTerm, { minLength: 1, maxLength: 2 })
  .filter((terms) => (namesOf(terms)?.size ?? 0) <= 1)
  .map((nodeSelectorTerms) => ({ nodeSelectorTerms }));

export const preferredTerms = fc.array(
  fc.record({ weight: fc.integer({ min: 1, max: 100 }), preference: nodeTerm }),
  { minLength: 1, maxLength: 3 },
);

export const toleration: fc.Arbitrary<Toleration> = fc.oneof(
  fc.record({
    key: fc.constantFrom(...TAINT_KEYS),
    operator: maybe(fc.constant("Equal" as const)),
    value: fc.constantFrom(...TAINT_VALUES),
    effect: maybe(fc.constantFrom(...TAINT_EFFECTS)),
  }),
  fc.record({
    key: maybe(fc.constantFrom(...TAINT_KEYS)),
    operator: fc.constant("Exists" as const),
    effect: maybe(fc.constantFrom(...TAINT_EFFECTS)),
  }),
);
