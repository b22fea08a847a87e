import type { Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import { goNamed, goString, invalid, notSupported, type GoValue } from "../answer/field-error";
import { quote } from "../answer/go-text";
import { wrongWithLabelValue } from "../metadata/names";
import type { ApiTraits } from "../../releases";
import { labelName } from "./selector-checks";
import type { TolerationObject } from "./workload-object";

const OPERATORS = ["Equal", "Exists"] as const;
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

/** k/k validation.go ValidateTolerations */
export function tolerationChecks(
  tolerations: Knowable<readonly TolerationObject[]> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return each(tolerations, path, (toleration, at) => {
    const { key = "", operator = "", effect = "", tolerationSeconds } = toleration;
    return [
      ...(key === "" ? [] : labelName(key, `${at}.key`, release)),
      ...ifGiven(key, `${at}.key`, (name) =>
        name === "" ? ifGiven(operator, `${at}.operator`, (how) => withoutKey(how, at)) : [],
      ),
      ...ifGiven(tolerationSeconds, `${at}.tolerationSeconds`, () =>
        ifGiven(effect, `${at}.effect`, (name) =>
          name === "NoExecute"
            ? []
            : [
                invalid(
                  `${at}.effect`,
                  goNamed(name),
                  "effect must be 'NoExecute' when `tolerationSeconds` is set",
                ),
              ],
        ),
      ),
      ...ifGiven(operator, `${at}.operator`, (how) => operatorChecks(how, toleration, at, release)),
      ...ifGiven(effect, `${at}.effect`, (name) =>
        name === "" || EFFECTS.some((known) => known === name)
          ? []
          : [notSupported(`${at}.effect`, goNamed(name), EFFECTS)],
      ),
    ];
  });
}

function withoutKey(operator: string, path: string): readonly Check[] {
  const message = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  return operator === "Exists" ? [] : [invalid(`${path}.operator`, goNamed(operator), message)];
}

function operatorChecks(
  operator: string,
  toleration: TolerationObject,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  const at = `${path}.operator`;
  const { value = "" } = toleration;
  switch (operator) {
    case "":
    case "Equal":
      return ifGiven(value, `${path}.value`, (text) => {
        const wrong = wrongWithLabelValue(text, release);
        return wrong.length > 0 ? [invalid(at, goString(text), wrong.join(";"))] : [];
      });
    case "Exists":
      return ifGiven(value, `${path}.value`, (text) =>
        text === ""
          ? []
          : [
              invalid(
                at,
                release.printsWholeToleration ? whole(toleration) : goString(text),
                "value must be empty when `operator` is 'Exists'",
              ),
            ],
      );
    default: {
      const numeric = release.knowsNumericTolerations && (operator === "Lt" || operator === "Gt");
      return [notSupported(at, goNamed(operator), numeric ? [...OPERATORS, "Lt", "Gt"] : OPERATORS)];
    }
  }
}

function whole({ key, operator, value, effect, tolerationSeconds }: TolerationObject): GoValue {
  const text = (given: Knowable<string> | undefined) => quote(typeof given === "string" ? given : "");
  const seconds = tolerationSeconds === undefined ? "(*int64)(nil)" : "(*int64)(0x…)";
  return {
    go: "struct",
    value: { key, operator, value, effect, tolerationSeconds },
    syntax: `core.Toleration{Key:${text(key)}, Operator:${text(operator)}, Value:${text(value)}, Effect:${text(effect)}, TolerationSeconds:${seconds}}`,
  };
}
