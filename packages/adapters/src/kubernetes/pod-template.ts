import type { PodSpec, PodTemplate, Toleration, TopologySpreadConstraint } from "@evenkeel/core/model";
import {
  dig,
  elements,
  flag,
  integer,
  isAbsent,
  member,
  oneOf,
  text,
  textMap,
  texts,
  type Field,
} from "../reading/field";
import { present } from "../reading/present";
import { readAffinity } from "./affinity";
import { readContainers } from "./container";
import { readResourceList } from "./resource-list";
import { readLabelSelector } from "./selector";

/** `PodTemplateSpec`, or a Pod, which has the same shape. */
export function readPodTemplate(field: Field): PodTemplate {
  const annotations = dig(field, "metadata", "annotations");
  return present({
    labels: textMap(dig(field, "metadata", "labels")),
    annotations: isAbsent(annotations) ? undefined : textMap(annotations),
    spec: readPodSpec(member(field, "spec")),
  });
}

function readPodSpec(spec: Field): PodSpec {
  const list = <T>(key: string, read: (field: Field) => readonly T[]): readonly T[] | undefined => {
    const found = member(spec, key);
    return isAbsent(found) ? undefined : read(found);
  };
  const nodeSelector = member(spec, "nodeSelector");
  const overhead = member(spec, "overhead");
  return present({
    nodeName: text(member(spec, "nodeName")),
    hostNetwork: flag(member(spec, "hostNetwork")),
    nodeSelector: isAbsent(nodeSelector) ? undefined : textMap(nodeSelector),
    affinity: readAffinity(member(spec, "affinity")),
    tolerations: list("tolerations", (field) => elements(field).map(readToleration)),
    topologySpreadConstraints: list("topologySpreadConstraints", (field) =>
      elements(field).flatMap(readSpread),
    ),
    containers: readContainers(member(spec, "containers")),
    initContainers: list("initContainers", readContainers),
    overhead: isAbsent(overhead) ? undefined : readResourceList(overhead),
    terminationGracePeriodSeconds: integer(member(spec, "terminationGracePeriodSeconds")),
    readinessGates: list("readinessGates", (field) =>
      elements(field).flatMap((gate) => text(member(gate, "conditionType")) ?? []),
    ),
    priorityClassName: text(member(spec, "priorityClassName")),
  });
}

const TAINT_EFFECTS: readonly NonNullable<Toleration["effect"]>[] = [
  "NoSchedule",
  "PreferNoSchedule",
  "NoExecute",
];
const TOLERATION_OPERATORS: readonly NonNullable<Toleration["operator"]>[] = ["Equal", "Exists"];

/** An empty effect tolerates all, as an absent one does. */
function readToleration(field: Field): Toleration {
  const effect = member(field, "effect");
  const operator = member(field, "operator");
  return present({
    key: text(member(field, "key")),
    operator: operator.value === "" ? undefined : oneOf(operator, TOLERATION_OPERATORS),
    value: text(member(field, "value")),
    effect: effect.value === "" ? undefined : oneOf(effect, TAINT_EFFECTS),
  });
}

const UNSATISFIABLE: readonly TopologySpreadConstraint["whenUnsatisfiable"][] = [
  "DoNotSchedule",
  "ScheduleAnyway",
];
const INCLUSION: readonly NonNullable<TopologySpreadConstraint["nodeAffinityPolicy"]>[] = ["Honor", "Ignore"];

/** A constraint without skew, key or action is refused by the API server. */
function readSpread(field: Field): readonly TopologySpreadConstraint[] {
  const maxSkew = integer(member(field, "maxSkew"));
  const topologyKey = text(member(field, "topologyKey"));
  const whenUnsatisfiable = oneOf(member(field, "whenUnsatisfiable"), UNSATISFIABLE);
  if (maxSkew === undefined || topologyKey === undefined || whenUnsatisfiable === undefined) return [];
  const matchLabelKeys = member(field, "matchLabelKeys");
  return [
    present({
      maxSkew,
      topologyKey,
      whenUnsatisfiable,
      labelSelector: readLabelSelector(member(field, "labelSelector")),
      minDomains: integer(member(field, "minDomains")),
      nodeAffinityPolicy: oneOf(member(field, "nodeAffinityPolicy"), INCLUSION),
      nodeTaintsPolicy: oneOf(member(field, "nodeTaintsPolicy"), INCLUSION),
      matchLabelKeys: isAbsent(matchLabelKeys) ? undefined : texts(matchLabelKeys),
    }),
  ];
}
