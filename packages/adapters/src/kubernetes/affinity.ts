import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from "@evenkeel/core/model";
import { elements, integer, isAbsent, member, oneOf, text, texts, type Field } from "../reading/field";
import { present } from "../reading/present";
import { readLabelSelector } from "./selector";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export function readAffinity(field: Field): Affinity | undefined {
  if (isAbsent(field)) return undefined;
  return present<Affinity>({
    nodeAffinity: readNodeAffinity(member(field, "nodeAffinity")),
    podAffinity: readPodAffinity(member(field, "podAffinity")),
    podAntiAffinity: readPodAffinity(member(field, "podAntiAffinity")),
  });
}

function readNodeAffinity(field: Field): Affinity["nodeAffinity"] {
  if (isAbsent(field)) return undefined;
  const required = member(field, REQUIRED);
  const preferred = member(field, PREFERRED);
  return {
    ...(isAbsent(required)
      ? {}
      : { [REQUIRED]: { nodeSelectorTerms: elements(member(required, "nodeSelectorTerms")).map(readTerm) } }),
    ...(isAbsent(preferred)
      ? {}
      : {
          [PREFERRED]: elements(preferred).map((item) => ({
            weight: integer(member(item, "weight")) ?? 1,
            preference: readTerm(member(item, "preference")),
          })),
        }),
  };
}

const NODE_OPERATORS: readonly NodeSelectorRequirement["operator"][] = [
  "In",
  "NotIn",
  "Exists",
  "DoesNotExist",
  "Gt",
  "Lt",
];

function readTerm(field: Field): NodeSelectorTerm {
  const requirements = (key: string) => {
    const list = member(field, key);
    return isAbsent(list) ? undefined : elements(list).flatMap(readNodeRequirement);
  };
  return present({
    matchExpressions: requirements("matchExpressions"),
    matchFields: requirements("matchFields"),
  });
}

function readNodeRequirement(field: Field): readonly NodeSelectorRequirement[] {
  const key = text(member(field, "key"));
  const operator = oneOf(member(field, "operator"), NODE_OPERATORS);
  if (key === undefined || operator === undefined) return [];
  const values = member(field, "values");
  return [present({ key, operator, values: isAbsent(values) ? undefined : texts(values) })];
}

function readPodAffinity(field: Field): PodAffinity | undefined {
  if (isAbsent(field)) return undefined;
  const required = member(field, REQUIRED);
  const preferred = member(field, PREFERRED);
  return {
    ...(isAbsent(required) ? {} : { [REQUIRED]: elements(required).flatMap(readPodTerm) }),
    ...(isAbsent(preferred)
      ? {}
      : {
          [PREFERRED]: elements(preferred).flatMap((item) =>
            readPodTerm(member(item, "podAffinityTerm")).map((podAffinityTerm) => ({
              weight: integer(member(item, "weight")) ?? 1,
              podAffinityTerm,
            })),
          ),
        }),
  };
}

/** A term without topology key is refused by the API server. */
function readPodTerm(field: Field): readonly PodAffinityTerm[] {
  const topologyKey = text(member(field, "topologyKey"));
  if (topologyKey === undefined) return [];
  const list = (key: string) => {
    const found = member(field, key);
    return isAbsent(found) ? undefined : texts(found);
  };
  return [
    present({
      labelSelector: readLabelSelector(member(field, "labelSelector")),
      topologyKey,
      namespaces: list("namespaces"),
      namespaceSelector: readLabelSelector(member(field, "namespaceSelector")),
      matchLabelKeys: list("matchLabelKeys"),
      mismatchLabelKeys: list("mismatchLabelKeys"),
    }),
  ];
}
