import type { Front } from "../../../model";

/** The words of whatever people edit: annotations of the Service, a target group, or arguments of a component. */
export function wordsFor(words: {
  readonly annotations: string;
  readonly targetGroup: string;
  readonly component: string;
}): (front: Front) => string {
  return ({ resource: { kind } }) => {
    if (kind === "Service") return words.annotations;
    return kind.startsWith("TargetGroup") ? words.targetGroup : words.component;
  };
}
