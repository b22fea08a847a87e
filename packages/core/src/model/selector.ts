/** `metav1.LabelSelector`. Absent or empty semantics differ by field; see the functions. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

/** A selector of a Service or ReplicationController: every pair must be there. An empty one selects nothing here. */
export function mapSelects(selector: Labels | undefined, labels: Labels): boolean {
  if (!selector) return false;
  const pairs = Object.entries(selector);
  return pairs.length > 0 && pairs.every(([key, value]) => labels[key] === value);
}

/**
 * `metav1.LabelSelectorAsSelector`: a missing selector matches nothing, an empty one everything.
 * `NotIn` and `DoesNotExist` hold where the label is absent (apimachinery `labels.Requirement.Matches`).
 */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false;
  const pairs = Object.entries(selector.matchLabels ?? {});
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => holds(requirement, labels))
  );
}

function holds({ key, operator, values = [] }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
  }
}
