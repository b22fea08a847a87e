import { isUnknown, type Knowable } from "../../model";
import { ifGiven, type Check } from "../answer/check";
import { forbidden, goPlain, invalid, notSupported, required, type GoValue } from "../answer/field-error";
import { quote } from "../answer/go-text";
import { mustMatch } from "../metadata/names";
import type { WorkloadTraits } from "../../releases";
import type { RollingUpdateObject, StrategyObject } from "./workload-object";

type Amount = number | string;

/** k/k pkg/apis/apps/validation ValidateDeploymentStrategy, with the defaults of a quarter each. */
export function deploymentStrategyChecks(strategy: StrategyObject = {}, path: string): readonly Check[] {
  const { type = "RollingUpdate", rollingUpdate } = strategy;
  const at = `${path}.rollingUpdate`;
  return ifGiven(type, `${path}.type`, (name) => {
    switch (name) {
      case "Recreate":
        return ifGiven(rollingUpdate, at, () => [
          forbidden(at, "may not be specified when strategy `type` is 'Recreate'"),
        ]);
      case "RollingUpdate":
        return ifGiven(rollingUpdate, at, ({ maxUnavailable = "25%", maxSurge = "25%" }) => [
          ...amountChecks(maxUnavailable, `${at}.maxUnavailable`),
          ...amountChecks(maxSurge, `${at}.maxSurge`),
          ...bothZero(maxUnavailable, maxSurge, at, (unavailable) =>
            invalid(`${at}.maxUnavailable`, goAmount(unavailable), "may not be 0 when `maxSurge` is 0"),
          ),
          ...atMostAll(maxUnavailable, `${at}.maxUnavailable`),
        ]);
      default:
        return [
          notSupported(path, goStrategy("DeploymentStrategy", name, rollingUpdate), [
            "Recreate",
            "RollingUpdate",
          ]),
        ];
    }
  });
}

/** k/k pkg/apis/apps/validation ValidateDaemonSetUpdateStrategy, with the defaults of one and none. */
export function daemonSetStrategyChecks(strategy: StrategyObject = {}, path: string): readonly Check[] {
  const { type = "RollingUpdate", rollingUpdate } = strategy;
  const at = `${path}.rollingUpdate`;
  return ifGiven(type, `${path}.type`, (name) => {
    switch (name) {
      case "OnDelete":
        return [];
      case "RollingUpdate":
        return ifGiven(rollingUpdate, at, ({ maxUnavailable = 1, maxSurge = 0 }) => [
          ...amountChecks(maxUnavailable, `${at}.maxUnavailable`),
          ...amountChecks(maxSurge, `${at}.maxSurge`),
          ...atMostAll(maxUnavailable, `${at}.maxUnavailable`),
          ...atMostAll(maxSurge, `${at}.maxSurge`),
          ...bothZero(maxUnavailable, maxSurge, at, () =>
            required(`${at}.maxUnavailable`, "cannot be 0 when maxSurge is 0"),
          ),
          ...ifGiven(maxUnavailable, at, (unavailable) =>
            ifGiven(maxSurge, at, (surge) =>
              amountOf(unavailable) !== 0 && amountOf(surge) !== 0
                ? [
                    invalid(
                      `${at}.maxSurge`,
                      goAmount(surge),
                      "may not be set when maxUnavailable is non-zero",
                    ),
                  ]
                : [],
            ),
          ),
        ]);
      default:
        return [
          notSupported(path, goStrategy("DaemonSetUpdateStrategy", name, rollingUpdate), [
            "RollingUpdate",
            "OnDelete",
          ]),
        ];
    }
  });
}

/** k/k pkg/apis/apps/validation ValidateStatefulSetSpec and validateRollingUpdateStatefulSet. */
export function statefulSetStrategyChecks(
  strategy: StrategyObject = {},
  path: string,
  release: WorkloadTraits,
): readonly Check[] {
  const { type = "RollingUpdate", rollingUpdate } = strategy;
  const at = `${path}.rollingUpdate`;
  const isKept = release.statefulSetMaxUnavailable;
  const types = ["RollingUpdate", "OnDelete", ...(release.statefulSetRecreate ? ["Recreate"] : [])];
  return ifGiven(type, `${path}.type`, (name) => {
    if (!types.includes(name))
      return [
        invalid(
          path,
          goStrategy("StatefulSetUpdateStrategy", name, rollingUpdate, isKept),
          `must be ${orOf(types)}`,
        ),
      ];
    if (name !== "RollingUpdate")
      return ifGiven(rollingUpdate, at, (rolling) => [
        invalid(at, goRollingStatefulSet(rolling, isKept), "only allowed for updateStrategy 'RollingUpdate'"),
      ]);
    return ifGiven(rollingUpdate, at, ({ partition, maxUnavailable }) => [
      ...notNegative(partition, `${at}.partition`),
      ...(isKept ? unavailableChecks(maxUnavailable, `${at}.maxUnavailable`) : []),
    ]);
  });
}

function unavailableChecks(maxUnavailable: Knowable<Amount> | undefined, path: string): readonly Check[] {
  if (maxUnavailable === undefined) return [];
  return [
    ...amountChecks(maxUnavailable, path),
    ...ifGiven(maxUnavailable, path, (amount) =>
      amountOf(amount) === 0 ? [invalid(path, goAmount(amount), "cannot be 0")] : [],
    ),
    ...atMostAll(maxUnavailable, path),
  ];
}

/** `'A' or 'B'`, `'A', 'B', or 'C'`. */
function orOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.at(-1) ?? "";
  const others = quoted.slice(0, -1);
  return others.length > 1 ? `${others.join(", ")}, or ${last}` : `${others.join("")} or ${last}`;
}

export function notNegative(value: Knowable<number> | undefined, path: string): readonly Check[] {
  return ifGiven(value, path, (number) =>
    number < 0 ? [invalid(path, goPlain(number), "must be greater than or equal to 0")] : [],
  );
}

const PERCENT = /^[0-9]+%$/;
const NO_PERCENT = mustMatch(
  "a valid percent string must be a numeric string followed by an ending '%'",
  "[0-9]+%",
  "1%",
  "93%",
);

/** ValidatePositiveIntOrPercent */
function amountChecks(amount: Knowable<Amount>, path: string): readonly Check[] {
  return ifGiven(amount, path, (value) => {
    if (typeof value === "number") return notNegative(value, path);
    return PERCENT.test(value) ? [] : [invalid(path, goAmount(value), NO_PERCENT)];
  });
}

/** getIntOrPercentValue: percents count as their number, and text that is neither as `strconv.Atoi` reads it. */
function amountOf(amount: Amount): number {
  if (typeof amount === "number") return amount;
  return /^[+-]?\d+%?$/.test(amount) && (PERCENT.test(amount) || !amount.endsWith("%"))
    ? Number.parseInt(amount, 10)
    : 0;
}

function bothZero(
  maxUnavailable: Knowable<Amount>,
  maxSurge: Knowable<Amount>,
  path: string,
  error: (unavailable: Amount) => Check,
): readonly Check[] {
  return ifGiven(maxUnavailable, path, (unavailable) =>
    ifGiven(maxSurge, path, (surge) =>
      amountOf(unavailable) === 0 && amountOf(surge) === 0 ? [error(unavailable)] : [],
    ),
  );
}

/** IsNotMoreThan100Percent */
function atMostAll(amount: Knowable<Amount>, path: string): readonly Check[] {
  return ifGiven(amount, path, (value) =>
    typeof value === "string" && PERCENT.test(value) && amountOf(value) > 100
      ? [invalid(path, goAmount(value), "must not be greater than 100%")]
      : [],
  );
}

function goAmount(amount: Amount): GoValue {
  const syntax =
    typeof amount === "number"
      ? `intstr.IntOrString{Type:0, IntVal:${amount}, StrVal:""}`
      : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${quote(amount)}}`;
  return { go: "struct", value: amount, syntax };
}

/** Internal records are printed with the names of their Go fields; behind a pointer, older releases print an address. */
function goStrategy(
  goName: "DeploymentStrategy" | "DaemonSetUpdateStrategy" | "StatefulSetUpdateStrategy",
  type: string,
  rollingUpdate: Knowable<RollingUpdateObject> | undefined,
  keepsUnavailable = false,
): GoValue {
  const known = rollingUpdate === undefined || isUnknown(rollingUpdate) ? undefined : rollingUpdate;
  const rolling =
    known &&
    (goName === "StatefulSetUpdateStrategy" ? rollingStatefulSet(known, keepsUnavailable) : rollingOf(known));
  const pointed = goName.replace("UpdateStrategy", "").replace("Strategy", "");
  const pointer = `(*apps.RollingUpdate${pointed}${pointed === "StatefulSet" ? "Strategy" : ""})(${known ? "0x…" : "nil"})`;
  return {
    go: "struct",
    value: { Type: type, RollingUpdate: rolling ?? null },
    syntax: `apps.${goName}{Type:${quote(type)}, RollingUpdate:${pointer}}`,
  };
}

function rollingOf({ maxUnavailable = 0, maxSurge = 0 }: RollingUpdateObject): object {
  return { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge };
}

/** `maxUnavailable` is printed as it was written; it has a default only where it is validated. */
function rollingStatefulSet({ partition = 0, maxUnavailable }: RollingUpdateObject, isKept: boolean): object {
  return { Partition: partition, MaxUnavailable: (isKept ? maxUnavailable : undefined) ?? null };
}

function goRollingStatefulSet(rolling: RollingUpdateObject, isKept: boolean): GoValue {
  const { partition = 0 } = rolling;
  const shown = isUnknown(partition) ? 0 : partition;
  return {
    go: "struct",
    value: rollingStatefulSet(rolling, isKept),
    syntax: `apps.RollingUpdateStatefulSetStrategy{Partition:${shown}, MaxUnavailable:(*intstr.IntOrString)(nil)}`,
  };
}
