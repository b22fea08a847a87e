import { decideChoice, type Decision } from "@evenkeel/core/decide";
import type { Exposure } from "@evenkeel/core/model";
import { exposureFromComponent, type ComponentIdentity } from "../pulumi/component";

/** A component's exposure with the policy that core chooses for it. */
export interface DecidedComponent {
  /** Where the choice waits for a value (`choice.waitsFor`), still undecided. */
  readonly exposure: Exposure;
  /** What core makes of the policies, also of one that is given; absent while the choice waits. */
  readonly decision?: Decision;
}

/**
 * What a component of `@evenkeel/pulumi` creates from its arguments, policy included. Its constructor and every reader of a preview ask
 * this one function, so that what is printed is what is created. Undefined as for `exposureFromComponent`.
 *
 * @example
 * decidedComponent("evenkeel:index:NlbInstanceService", inputs, { name: "web" })?.decision?.chosen;
 */
export function decidedComponent(
  type: string,
  inputs: unknown,
  identity: ComponentIdentity,
): DecidedComponent | undefined {
  const asked = exposureFromComponent(type, inputs, identity);
  const decision = asked && decideChoice(asked);
  if (!asked || !decision) return asked && { exposure: asked };
  if (asked.choice?.isOpen !== true) return { exposure: asked, decision };
  const exposure = exposureFromComponent(type, inputs, identity, decision.chosen);
  return exposure && { exposure, decision };
}
