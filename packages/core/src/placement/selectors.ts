import { mapSelects, selects, type LabelSelector, type Labels } from "../model";

/** `labels.Selector`, as far as placement asks: does it match, and would it match everything. */
export interface Selector {
  readonly matches: (labels: Labels) => boolean;
  /** `Selector.Empty()`: no requirement at all. Spreading counts nothing under such a selector. */
  readonly empty: boolean;
}

export const EVERYTHING: Selector = { matches: () => true, empty: true };
/** What a missing `labelSelector` means; it is not "empty" in the sense above. */
export const NOTHING: Selector = { matches: () => false, empty: false };

/** `metav1.LabelSelectorAsSelector`. */
export function asSelector(selector: LabelSelector | undefined): Selector {
  if (!selector) return NOTHING;
  const requirements =
    Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length;
  if (requirements === 0) return EVERYTHING;
  return { matches: (labels) => selects(selector, labels), empty: false };
}

/** `labels.SelectorFromSet`. */
export function fromPairs(pairs: Labels): Selector {
  if (Object.keys(pairs).length === 0) return EVERYTHING;
  return { matches: (labels) => mapSelects(pairs, labels), empty: false };
}

export function both(one: Selector, other: Selector): Selector {
  if (one.empty) return other;
  if (other.empty) return one;
  return { matches: (labels) => one.matches(labels) && other.matches(labels), empty: false };
}
