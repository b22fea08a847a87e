import { isUnknown, type Knowable } from "../../model";
import { ifGiven, type Check } from "../answer/check";
import {
  duplicate,
  goNamed,
  goPlain,
  goString,
  invalid,
  notSupported,
  required,
} from "../answer/field-error";
import { labelKeyChecks, spreadKeyChecks } from "./label-key-checks";
import type { ApiTraits } from "../../releases";
import { selectorChecks } from "./selector-checks";
import type { SpreadObject } from "./workload-object";

const ACTIONS = ["DoNotSchedule", "ScheduleAnyway"] as const;
const POLICIES = ["Honor", "Ignore"] as const;
const NOT_POSITIVE = "must be greater than zero";

/** k/k validation.go validateTopologySpreadConstraints */
export function spreadChecks(
  constraints: Knowable<readonly SpreadObject[]> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(constraints, path, (list) =>
    list.flatMap((constraint, i) =>
      constraintChecks(constraint, `${path}[${i}]`, list.slice(i + 1), release),
    ),
  );
}

function constraintChecks(
  constraint: SpreadObject,
  path: string,
  later: readonly SpreadObject[],
  release: ApiTraits,
): readonly Check[] {
  const { maxSkew = 0, topologyKey = "", whenUnsatisfiable = "", minDomains } = constraint;
  const { labelSelector, matchLabelKeys } = constraint;
  return [
    ...ifGiven(maxSkew, `${path}.maxSkew`, (skew) =>
      skew > 0 ? [] : [invalid(`${path}.maxSkew`, goPlain(skew), NOT_POSITIVE)],
    ),
    ...(topologyKey === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...ifGiven(whenUnsatisfiable, `${path}.whenUnsatisfiable`, (action) =>
      ACTIONS.some((known) => known === action)
        ? []
        : [notSupported(`${path}.whenUnsatisfiable`, goNamed(action), ACTIONS)],
    ),
    ...(isRepeated(constraint, later)
      ? [
          duplicate(
            `${path}.{topologyKey, whenUnsatisfiable}`,
            goString(`{${topologyKey}, ${whenUnsatisfiable}}`),
          ),
        ]
      : []),
    ...minDomainsChecks(minDomains, whenUnsatisfiable, `${path}.minDomains`),
    ...policyChecks(constraint.nodeAffinityPolicy, `${path}.nodeAffinityPolicy`),
    ...policyChecks(constraint.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`),
    ...(matchLabelKeys === undefined
      ? []
      : release.mergesSpreadLabelKeys
        ? labelKeyChecks({ matchLabelKeys, labelSelector }, path, release)
        : spreadKeyChecks(constraint, `${path}.matchLabelKeys`, release)),
    ...selectorChecks(labelSelector, `${path}.labelSelector`, release),
  ];
}

/** A key and what to do is one constraint; an unknown is not taken for a repetition. */
function isRepeated(
  { topologyKey = "", whenUnsatisfiable = "" }: SpreadObject,
  later: readonly SpreadObject[],
): boolean {
  if (isUnknown(topologyKey) || isUnknown(whenUnsatisfiable)) return false;
  return later.some(
    ({ topologyKey: key = "", whenUnsatisfiable: action = "" }) =>
      key === topologyKey && action === whenUnsatisfiable,
  );
}

function minDomainsChecks(
  minDomains: Knowable<number> | undefined,
  action: Knowable<string>,
  path: string,
): readonly Check[] {
  return ifGiven(minDomains, path, (count) => [
    ...(count > 0 ? [] : [invalid(path, goPlain(count), NOT_POSITIVE)]),
    ...ifGiven(action, path, (name) =>
      name === "DoNotSchedule"
        ? []
        : [
            invalid(
              path,
              goPlain(count),
              `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${name}`,
            ),
          ],
    ),
  ]);
}

function policyChecks(policy: Knowable<string> | undefined, path: string): readonly Check[] {
  return ifGiven(policy, path, (name) =>
    POLICIES.some((known) => known === name) ? [] : [notSupported(path, goNamed(name), POLICIES)],
  );
}
