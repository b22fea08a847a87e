import type { Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import { goString, invalid, required } from "../answer/field-error";
import { wrongWithLabel } from "../metadata/names";
import { labelKeyChecks } from "./label-key-checks";
import { nodeAffinityChecks, PREFERRED, REQUIRED, weightChecks } from "./node-affinity-checks";
import type { ApiTraits } from "../../releases";
import { labelName, selectorChecks } from "./selector-checks";
import type { AffinityObject, AffinityTermObject, PodAffinityObject } from "./workload-object";

/** k/k validation.go validateAffinity */
export function affinityChecks(
  affinity: Knowable<AffinityObject> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(affinity, path, ({ nodeAffinity, podAffinity, podAntiAffinity }) => [
    ...nodeAffinityChecks(nodeAffinity, `${path}.nodeAffinity`, release),
    ...podAffinityChecks(podAffinity, `${path}.podAffinity`, release),
    ...podAffinityChecks(podAntiAffinity, `${path}.podAntiAffinity`, release),
  ]);
}

function podAffinityChecks(
  affinity: Knowable<PodAffinityObject> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(affinity, path, (terms) => [
    ...each(terms[REQUIRED], `${path}.${REQUIRED}`, (term, at) => termChecks(term, at, release)),
    ...each(terms[PREFERRED], `${path}.${PREFERRED}`, ({ weight, podAffinityTerm = {} }, at) => [
      ...weightChecks(weight, at),
      ...termChecks(podAffinityTerm, `${at}.podAffinityTerm`, release),
    ]),
  ]);
}

function termChecks(term: AffinityTermObject, path: string, release: ApiTraits): readonly Check[] {
  const { labelSelector, namespaceSelector, namespaces, topologyKey = "" } = term;
  const hasKeys = term.matchLabelKeys !== undefined || term.mismatchLabelKeys !== undefined;
  const { matchLabelKeys, mismatchLabelKeys } = hasKeys && !release.dropsAffinityLabelKeys ? term : {};
  return [
    ...selectorChecks(labelSelector, `${path}.labelSelector`, release),
    ...selectorChecks(namespaceSelector, `${path}.namespaceSelector`, release),
    // The server leaves the plural out of this path.
    ...each(namespaces, `${path}.namespace`, (name) =>
      ifGiven(name, `${path}.namespace`, (text) =>
        wrongWithLabel(text).map((message) => invalid(`${path}.namespace`, goString(text), message)),
      ),
    ),
    ...labelKeyChecks({ matchLabelKeys, mismatchLabelKeys, labelSelector }, path, release),
    ...(topologyKey === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...labelName(topologyKey, `${path}.topologyKey`, release),
  ];
}
