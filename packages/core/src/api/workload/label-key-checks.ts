import { isUnknown, type Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import { forbidden, goString, invalid } from "../answer/field-error";
import type { ApiTraits } from "../../releases";
import type { StringList } from "../service/service-object";
import { labelName } from "./selector-checks";
import type { SelectorObject } from "./workload-object";

interface LabelKeys {
  readonly matchLabelKeys?: StringList;
  readonly mismatchLabelKeys?: StringList;
  readonly labelSelector?: Knowable<SelectorObject>;
}

const BOTH = "exists in both matchLabelKeys and labelSelector";

/** k/k validation.go ValidateMatchLabelKeysAndMismatchLabelKeys, its path without a field name included. */
export function labelKeyChecks(
  { matchLabelKeys, mismatchLabelKeys, labelSelector }: LabelKeys,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...keys(matchLabelKeys, labelSelector, `${path}.matchLabelKeys`, release),
    ...keys(mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`, release),
    ...ifGiven(labelSelector, path, (selector) =>
      ifGiven(matchLabelKeys, path, (list) => inSelectorTwice(list, selector, path)),
    ),
    ...ifGiven(mismatchLabelKeys, path, (others) =>
      each(matchLabelKeys, `${path}.matchLabelKeys`, (key, at) =>
        ifGiven(key, at, (text) =>
          others.includes(text)
            ? [invalid(at, goString(text), "exists in both matchLabelKeys and mismatchLabelKeys")]
            : [],
        ),
      ),
    ),
  ];
}

function keys(
  list: StringList | undefined,
  selector: LabelKeys["labelSelector"],
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(list, path, ({ length }) => {
    if (length === 0) return [];
    if (selector === undefined)
      return [forbidden(path, "must not be specified when labelSelector is not set")];
    return each(list, path, (key, at) => labelName(key, at, release));
  });
}

/** A key of the list that two parts of the selector name: the server will have merged one of them from the list. */
function inSelectorTwice(
  list: readonly Knowable<string>[],
  { matchLabels, matchExpressions }: SelectorObject,
  path: string,
): readonly Check[] {
  const seen = new Set(matchLabels === undefined || isUnknown(matchLabels) ? [] : Object.keys(matchLabels));
  return each(matchExpressions, path, ({ key = "" }) => {
    if (isUnknown(key)) return [];
    const at = list.lastIndexOf(key);
    const twice = at >= 0 && seen.has(key);
    seen.add(key);
    return twice ? [invalid(`${path}[${at}]`, goString(key), BOTH)] : [];
  });
}

/** ValidateMatchLabelKeysInTopologySpread, before the keys were merged into the selector (1.34). */
export function spreadKeyChecks(
  { matchLabelKeys, labelSelector }: LabelKeys,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(matchLabelKeys, path, ({ length }) => {
    if (length === 0) return [];
    const named = isUnknown(labelSelector) ? new Set<string>() : keysOf(labelSelector);
    return [
      ...(labelSelector === undefined
        ? [forbidden(path, "must not be specified when labelSelector is not set")]
        : []),
      ...each(matchLabelKeys, path, (key, at) => [
        ...labelName(key, at, release),
        ...(!isUnknown(key) && named.has(key) ? [invalid(at, goString(key), BOTH)] : []),
      ]),
    ];
  });
}

function keysOf(selector: SelectorObject | undefined): ReadonlySet<string> {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return new Set([
    ...(isUnknown(matchLabels) ? [] : Object.keys(matchLabels)),
    ...(isUnknown(matchExpressions) ? [] : matchExpressions).flatMap(({ key = "" }) =>
      isUnknown(key) ? [] : [key],
    ),
  ]);
}
