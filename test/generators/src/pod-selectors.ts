import {
  HOSTNAME_LABEL,
  ZONE_LABEL,
  type LabelSelector,
  type LabelSelectorRequirement,
  type Labels,
  type PodAffinityTerm,
  type TopologySpreadConstraint,
} from "@evenkeel/core";
import fc from "fast-check";
import { given } from "./clusters";
import { maybe } from "./endpoints";
import { mostly } from "./mostly";

/** Labels of pods and the values that selectors ask for. */
const POD_LABEL_VALUES = {
  app: ["web", "db"],
  tier: ["front", "back"],
  "pod-template-hash": ["h1", "h2"],
} as const;
const POD_LABEL_KEYS = Object.keys(POD_LABEL_VALUES) as readonly (keyof typeof POD_LABEL_VALUES)[];
export const NAMESPACES = ["shop", "ops"] as const;
const TOPOLOGY_KEYS = [HOSTNAME_LABEL, ZONE_LABEL, "rack", "nowhere"] as const;

export const podLabels: fc.Arbitrary<Labels> = fc
  .record({
    app: mostly(fc.constant<string | undefined>("web"), fc.constantFrom("db", undefined), 3),
    tier: maybe(fc.constantFrom(...POD_LABEL_VALUES.tier)),
    "pod-template-hash": maybe(fc.constantFrom(...POD_LABEL_VALUES["pod-template-hash"])),
  })
  .map(given);

const labelRequirement: fc.Arbitrary<LabelSelectorRequirement> = fc.oneof(
  fc.constantFrom(...POD_LABEL_KEYS).chain((key) =>
    fc.record({
      key: fc.constant(key),
      operator: fc.constantFrom("In" as const, "NotIn" as const),
      values: fc.subarray([...POD_LABEL_VALUES[key], "none"], { minLength: 1 }),
    }),
  ),
  fc.record({
    key: fc.constantFrom(...POD_LABEL_KEYS),
    operator: fc.constantFrom("Exists" as const, "DoesNotExist" as const),
  }),
);

/** Selectors of pods: usually the application's, the empty one, none, and any other. */
export const podSelector: fc.Arbitrary<LabelSelector | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ matchLabels: { app: "web" } }) },
  { weight: 1, arbitrary: fc.constantFrom({}, undefined) },
  {
    weight: 2,
    arbitrary: fc.record({
      matchLabels: fc.record({ app: maybe(fc.constantFrom("web", "db")) }).map(given),
      matchExpressions: fc.array(labelRequirement, { maxLength: 2 }),
    }),
  },
);

/** Keys that may stand beside a selector: not those that it names, and none without one. */
function labelKeysBeside(selector: LabelSelector | undefined): fc.Arbitrary<readonly string[] | undefined> {
  if (!selector) return fc.constant(undefined);
  const named = [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ];
  const free = POD_LABEL_KEYS.filter((key) => !named.includes(key));
  return mostly<readonly string[] | undefined>(
    fc.constant(undefined),
    fc.subarray(free, { maxLength: Math.min(free.length, 2) }),
    3,
  );
}

export const spreadConstraint: fc.Arbitrary<TopologySpreadConstraint> = podSelector.chain((labelSelector) =>
  fc
    .record({
      maxSkew: mostly(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 6 })),
      topologyKey: mostly(
        fc.constantFrom<string>(HOSTNAME_LABEL, ZONE_LABEL),
        fc.constantFrom(...TOPOLOGY_KEYS),
        6,
      ),
      whenUnsatisfiable: fc.constantFrom("DoNotSchedule" as const, "ScheduleAnyway" as const),
      labelSelector: fc.constant(labelSelector),
      minDomains: mostly<number | undefined>(fc.constant(undefined), fc.integer({ min: 1, max: 5 }), 3),
      nodeAffinityPolicy: maybe(fc.constantFrom("Honor" as const, "Ignore" as const)),
      nodeTaintsPolicy: maybe(fc.constantFrom("Honor" as const, "Ignore" as const)),
      matchLabelKeys: labelKeysBeside(labelSelector),
    })
    .map((constraint) =>
      constraint.whenUnsatisfiable === "DoNotSchedule"
        ? constraint
        : { ...constraint, minDomains: undefined },
    ),
);

export const spreadConstraints = fc.uniqueArray(spreadConstraint, {
  maxLength: 3,
  selector: ({ topologyKey, whenUnsatisfiable }) => `${topologyKey} ${whenUnsatisfiable}`,
});

const namespaceSelector: fc.Arbitrary<LabelSelector | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<LabelSelector>(
      {},
      { matchLabels: { team: "a" } },
      { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] },
      { matchExpressions: [{ key: "team", operator: "NotIn", values: ["a"] }] },
    ),
  },
);

export const affinityTerm: fc.Arbitrary<PodAffinityTerm> = podSelector.chain((labelSelector) =>
  fc
    .record({
      labelSelector: fc.constant(labelSelector),
      topologyKey: mostly(
        fc.constantFrom<string>(HOSTNAME_LABEL, ZONE_LABEL),
        fc.constantFrom(...TOPOLOGY_KEYS),
        5,
      ),
      namespaces: mostly<readonly string[] | undefined>(
        fc.constant(undefined),
        fc.subarray([...NAMESPACES], { maxLength: 2 }),
      ),
      namespaceSelector,
      matchLabelKeys: labelKeysBeside(labelSelector),
      mismatchLabelKeys: labelKeysBeside(labelSelector),
    })
    // One key cannot be in both lists.
    .map((term) => (term.matchLabelKeys ? { ...term, mismatchLabelKeys: undefined } : term)),
);

export const podAffinity = fc.record({
  requiredDuringSchedulingIgnoredDuringExecution: mostly<readonly PodAffinityTerm[] | undefined>(
    fc.constant(undefined),
    fc.array(affinityTerm, { minLength: 1, maxLength: 2 }),
    1,
  ),
  preferredDuringSchedulingIgnoredDuringExecution: mostly(
    fc.constant(undefined),
    fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), podAffinityTerm: affinityTerm }), {
      minLength: 1,
      maxLength: 2,
    }),
    1,
  ),
});
