import type { Decision as CoreDecision } from "@evenkeel/core/decide";
import type { Exposure } from "@evenkeel/core/model";
import type { Check } from "./arguments/checks";
import type { Problem } from "./arguments/problem";
import type { Decision, InternalDecision } from "./outputs";

/** What a component may say that was decided. */
export type AnyDecision = Decision | InternalDecision;

/** A component class, as far as its arguments are judged; W is what its resources are made by, D how it says what was decided. */
export interface ComponentClass<W, D extends AnyDecision> {
  /** `evenkeel:index:NlbInstanceService`. */
  readonly type: string;
  readonly arguments: Check;
  /** What is wrong with arguments that are each right by themselves. */
  combinations(args: Readonly<Record<string, unknown>>): readonly Problem[];
  /** Argument in which a policy is given, rather than left to `Auto`. */
  readonly policyArgument: "trafficPolicy" | "internalTrafficPolicy";
  /** Undefined while something is not known that could make it wrong. */
  wiring(exposure: Exposure): W | undefined;
  record(decision: CoreDecision, exposure: Exposure, chosen: boolean): D;
}

/** `NlbInstanceService web`, as messages call it. */
export function labelOf({ type }: { readonly type: string }, name: string): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
}
