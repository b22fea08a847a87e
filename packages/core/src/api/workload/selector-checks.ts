import { isUnknown, type Knowable, type Unknown } from "../../model";
import { each, failed, ifGiven, isUndecided, type Check } from "../answer/check";
import { forbidden, goNamed, goString, invalid, required, type GoValue } from "../answer/field-error";
import { quote } from "../answer/go-text";
import { labels } from "../metadata/metadata";
import { wrongWithLabelValue, wrongWithQualifiedName } from "../metadata/names";
import type { ApiTraits } from "../../releases";
import type { StringList, StringMap } from "../service/service-object";
import { and, type Truth } from "../service/truth";
import type { RequirementObject, SelectorObject } from "./workload-object";

/** apimachinery meta/v1/validation ValidateLabelSelector, strict, as it is for new objects. */
export function selectorChecks(
  selector: Knowable<SelectorObject> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(selector, path, ({ matchLabels, matchExpressions }) => [
    ...labels(matchLabels, `${path}.matchLabels`, release),
    ...each(matchExpressions, `${path}.matchExpressions`, (requirement, at) =>
      requirementChecks(requirement, at, release),
    ),
  ]);
}

function requirementChecks(
  { key, operator, values }: RequirementObject,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...ifGiven(operator ?? "", `${path}.operator`, (name) => operatorChecks(name, values, path)),
    ...labelName(key, `${path}.key`, release),
    ...labelValues(values, `${path}.values`, release),
  ];
}

/** Operators of label selectors, which node selectors have as well. */
export function operatorChecks(
  operator: string,
  values: StringList | undefined,
  path: string,
): readonly Check[] {
  const at = `${path}.values`;
  const count = (check: (count: number) => readonly Check[]) =>
    ifGiven(values ?? [], at, ({ length }) => check(length));
  switch (operator) {
    case "In":
    case "NotIn":
      return count((length) =>
        length === 0 ? [required(at, "must be specified when `operator` is 'In' or 'NotIn'")] : [],
      );
    case "Exists":
    case "DoesNotExist":
      return count((length) =>
        length > 0
          ? [forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
          : [],
      );
    default:
      return [invalid(`${path}.operator`, goNamed(operator), "not a valid selector operator")];
  }
}

/** ValidateLabelName; an absent name is an empty one. */
export function labelName(
  name: Knowable<string> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(name ?? "", path, (text) =>
    wrongWithQualifiedName(text, release).map((message) => invalid(path, goString(text), message)),
  );
}

export function labelValues(
  values: StringList | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return each(values, path, (value, at) =>
    ifGiven(value, at, (text) =>
      wrongWithLabelValue(text, release).map((message) => invalid(at, goString(text), message)),
    ),
  );
}

/** What `metav1.LabelSelectorAsSelector` makes of a selector: an error where it has any, else what it says of the labels. */
export function selection(
  selector: Knowable<SelectorObject> | undefined,
  labelsOfPods: StringMap | undefined,
  release: ApiTraits,
): "error" | Truth {
  if (isUnknown(selector)) return selector;
  if (selector === undefined) return false;
  const checks = selectorChecks(selector, "", release);
  if (failed(checks)) return "error";
  const waiting = checks.find(isUndecided);
  if (waiting) return waiting.unknown;
  const terms = requirementsOf(selector);
  if (terms.length > 0 && isUnknown(labelsOfPods)) return labelsOfPods;
  const of = labelsOfPods === undefined || isUnknown(labelsOfPods) ? {} : labelsOfPods;
  return and(...terms.map((term) => holds(term, of)));
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** All of it is known here. */
function requirementsOf({ matchLabels, matchExpressions }: SelectorObject): readonly Requirement[] {
  const pairs = matchLabels === undefined || isUnknown(matchLabels) ? {} : matchLabels;
  const list = matchExpressions === undefined || isUnknown(matchExpressions) ? [] : matchExpressions;
  return [
    ...Object.entries(pairs).map(([key, value]) => ({ key, operator: "In", values: [known(value)] })),
    ...list.map(({ key, operator, values }) => ({
      key: known(key),
      operator: known(operator),
      values: values === undefined || isUnknown(values) ? [] : values.map(known),
    })),
  ];
}

function known(text: Knowable<string> | undefined): string {
  return text === undefined || isUnknown(text) ? "" : text;
}

function holds({ key, operator, values }: Requirement, of: Exclude<StringMap, Unknown>): Truth {
  const value = Object.hasOwn(of, key) ? of[key] : undefined;
  switch (operator) {
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default: {
      if (value === undefined) return operator === "NotIn";
      return isUnknown(value) ? value : values.includes(value) === (operator === "In");
    }
  }
}

/** A selector as it is printed. */
export function goSelector(selector: SelectorObject): GoValue {
  const { matchLabels, matchExpressions } = selector;
  const list = matchExpressions === undefined || isUnknown(matchExpressions) ? undefined : matchExpressions;
  const expressions = list?.map(({ key, operator, values }) => ({
    key: known(key),
    operator: known(operator),
    ...(values === undefined || isUnknown(values) || values.length === 0
      ? {}
      : { values: values.map(known) }),
  }));
  const pairs = goMap(matchLabels);
  const syntax = `v1.LabelSelector{MatchLabels:${pairs.syntax}, MatchExpressions:${requirementsSyntax(list)}}`;
  const hasPairs = pairs.value !== null && Object.keys(pairs.value).length > 0;
  return {
    go: "struct",
    syntax,
    value: {
      ...(hasPairs ? { matchLabels: pairs.value } : {}),
      ...(expressions && expressions.length > 0 ? { matchExpressions: expressions } : {}),
    },
  };
}

function requirementsSyntax(list: readonly RequirementObject[] | undefined): string {
  if (!list) return "[]v1.LabelSelectorRequirement(nil)";
  const each = list.map(({ key, operator, values }) => {
    const texts =
      values === undefined || isUnknown(values)
        ? "[]string(nil)"
        : `[]string{${values.map((value) => quote(known(value))).join(", ")}}`;
    return `v1.LabelSelectorRequirement{Key:${quote(known(key))}, Operator:${quote(known(operator))}, Values:${texts}}`;
  });
  return `[]v1.LabelSelectorRequirement{${each.join(", ")}}`;
}

/** `map[string]string`; keys in order, as Go prints them. */
export function goMap(pairs: StringMap | undefined): {
  readonly go: "struct";
  readonly value: Readonly<Record<string, string>> | null;
  readonly syntax: string;
} {
  if (pairs === undefined || isUnknown(pairs))
    return { go: "struct", value: null, syntax: "map[string]string(nil)" };
  const sorted = Object.entries(pairs)
    .map(([key, value]) => [key, known(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const syntax = `map[string]string{${sorted.map(([key, value]) => `${quote(key)}:${quote(value)}`).join(", ")}}`;
  return { go: "struct", value: Object.fromEntries(sorted), syntax };
}
