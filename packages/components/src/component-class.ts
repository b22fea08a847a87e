import type { Check } from "./arguments/checks";

/** A component class, as far as its arguments are judged. */
export interface ComponentClass {
  /** `evenkeel:index:NlbInstanceService`. */
  readonly type: string;
  readonly arguments: Check;
}

/** `NlbInstanceService web`, as messages call it. */
export function labelOf({ type }: ComponentClass, name: string): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
}
