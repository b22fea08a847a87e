import type { ComponentResource } from "@pulumi/pulumi";
import type { ServiceArgs } from "./args";
import type { ChoiceArgs } from "./decision-args";
import { withClusterFile } from "./arguments/cluster";
import { withDecisionFile } from "./arguments/decision-file";
import { knownNow } from "./arguments/now";
import { labelOf, type AnyDecision, type ComponentClass } from "./component-class";
import { withoutStack } from "./decision/refusal";
import { settle } from "./decision/settle";
import { outcomeOf, type Outcome } from "./decision/settled";

/** Arguments that may be registered. */
export interface Prepared<T, W, D> {
  readonly args: T;
  /** For the component once it is registered. */
  outcome(resource: ComponentResource): Outcome<W, D>;
}

/**
 * What happens before a component is registered. Plain arguments that are wrong throw here, so that nothing of it exists, neither in
 * the stack nor in what policies see; wrong outputs fail the program once they are there.
 */
export function prepare<T extends ServiceArgs & ChoiceArgs, W, D extends AnyDecision>(
  component: ComponentClass<W, D>,
  name: string,
  args: T,
): Prepared<T, W, D> {
  return withoutStack(() => {
    const label = labelOf(component, name);
    const side = component.policyArgument === "trafficPolicy" ? "choices" : "internal";
    const { args: whole, advice } = withDecisionFile(label, name, withClusterFile(label, args), side);
    const settlement = settle(component, name, knownNow(whole));
    const advised = { ...settlement, advice: [...advice, ...settlement.advice] };
    return { args: whole, outcome: (resource) => outcomeOf(component, name, whole, advised, resource) };
  });
}
