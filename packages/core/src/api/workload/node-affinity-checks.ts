import type { Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import { goNamed, goPlain, goString, invalid, required } from "../answer/field-error";
import { wrongWithSubdomain } from "../metadata/names";
import type { ApiTraits } from "../../releases";
import { labelName, labelValues, operatorChecks } from "./selector-checks";
import type { NodeAffinityObject, NodeTermObject, RequirementObject } from "./workload-object";

export const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
export const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

/** k/k validation.go validateNodeAffinity; values are looked at only where the term is required. */
export function nodeAffinityChecks(
  affinity: Knowable<NodeAffinityObject> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(affinity, path, (terms) => [
    ...ifGiven(terms[REQUIRED], `${path}.${REQUIRED}`, ({ nodeSelectorTerms }) => {
      const at = `${path}.${REQUIRED}.nodeSelectorTerms`;
      return ifGiven(nodeSelectorTerms ?? [], at, (list) =>
        list.length === 0
          ? [required(at, "must have at least one node selector term")]
          : list.flatMap((term, i) =>
              termChecks(term, `${at}[${i}]`, release.checksNodeAffinityValues, release),
            ),
      );
    }),
    ...each(terms[PREFERRED], `${path}.${PREFERRED}`, ({ weight, preference = {} }, at) => [
      ...weightChecks(weight, at),
      ...termChecks(preference, `${at}.preference`, false, release),
    ]),
  ]);
}

export function weightChecks(weight: Knowable<number> | undefined, path: string): readonly Check[] {
  return ifGiven(weight ?? 0, `${path}.weight`, (value) =>
    value <= 0 || value > 100
      ? [invalid(`${path}.weight`, goPlain(value), "must be in the range 1-100")]
      : [],
  );
}

function termChecks(
  { matchExpressions, matchFields }: NodeTermObject,
  path: string,
  checksValues: boolean,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...each(matchExpressions, `${path}.matchExpressions`, (requirement, at) =>
      expressionChecks(requirement, at, checksValues, release),
    ),
    ...each(matchFields, `${path}.matchFields`, fieldChecks),
  ];
}

function expressionChecks(
  { key, operator, values }: RequirementObject,
  path: string,
  checksValues: boolean,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...ifGiven(operator ?? "", `${path}.operator`, (name) =>
      name === "Gt" || name === "Lt"
        ? ifGiven(values ?? [], `${path}.values`, ({ length }) =>
            length === 1
              ? []
              : [
                  required(
                    `${path}.values`,
                    "must be specified single value when `operator` is 'Lt' or 'Gt'",
                  ),
                ],
          )
        : operatorChecks(name, values, path),
    ),
    ...labelName(key, `${path}.key`, release),
    ...(checksValues ? labelValues(values, `${path}.values`, release) : []),
  ];
}

/** The name of the node is the one field that may be asked for. */
function fieldChecks({ key, operator, values }: RequirementObject, path: string): readonly Check[] {
  return [
    ...ifGiven(operator ?? "", `${path}.operator`, (name) =>
      name === "In" || name === "NotIn"
        ? ifGiven(values ?? [], `${path}.values`, ({ length }) =>
            length === 1
              ? []
              : [
                  required(
                    `${path}.values`,
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
                  ),
                ],
          )
        : [invalid(`${path}.operator`, goNamed(name), "not a valid selector operator")],
    ),
    ...ifGiven(key ?? "", `${path}.key`, (name) =>
      name === "metadata.name"
        ? each(values, `${path}.values`, (value, at) =>
            ifGiven(value, at, (text) =>
              wrongWithSubdomain(text).map((message) => invalid(at, goString(text), message)),
            ),
          )
        : [invalid(`${path}.key`, goString(name), "not a valid field selector key")],
    ),
  ];
}
