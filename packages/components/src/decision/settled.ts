import { decidesTraffic } from "@evenkeel/adapters";
import { isSecret, output, Resource, ResourceError, type Input, type Output } from "@pulumi/pulumi";
import { knownNow } from "../arguments/now";
import { Refusal } from "./refusal";
import { labelOf, type ComponentClass } from "../component-class";
import { settle, type Settlement } from "./settle";

/** A settlement that is there, or that comes with the outputs among the arguments. */
export type Settled = { readonly now: Settlement } | { readonly later: Output<Settlement> };

/**
 * Judges the arguments once those outputs are there that the decision rests on, and refuses them with the same words as plain ones.
 * What has no part in it, and is often not known before the update (subnets, names), is not waited for.
 */
export function settleLater(
  component: ComponentClass,
  name: string,
  args: object,
  resource: Resource,
): Output<Settlement> {
  const entries = Object.entries(args).map(
    ([key, value]: [string, unknown]) => [key, propertiesOf(value)] as const,
  );
  const waited = output(Object.fromEntries(entries.filter(([key]) => decidesTraffic(key))));
  const rest = knownNow(Object.fromEntries(entries.filter(([key]) => !decidesTraffic(key))));
  return waited.apply(async (known) => {
    const secret = await isSecret(waited);
    try {
      const settlement = settle(component, name, Object.assign({}, rest, knownNow(known)));
      if (!settlement)
        throw new Error(`${labelOf(component, name)}: everything is known, and yet there is no decision`);
      return secret ? withoutAdvice(settlement) : settlement;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const message = secret ? `${labelOf(component, name)}: refused; ${NOT_SHOWN}` : error.message;
      throw new ResourceError(message, resource, true);
    }
  });
}

/** A message names what it saw. */
const NOT_SHOWN = "why is not shown, since some of its arguments are secret";

function withoutAdvice(settlement: Settlement): Settlement {
  return settlement.warnings.length === 0
    ? settlement
    : { ...settlement, warnings: [`there is advice; ${NOT_SHOWN}`] };
}

/** A workload resource by the properties that are read of it; anything else as it is. */
function propertiesOf(value: unknown): unknown {
  if (!Resource.isInstance(value)) return value;
  const { metadata, spec } = value as Resource & { readonly metadata?: unknown; readonly spec?: unknown };
  return { metadata, spec };
}

/** One value of the settlement, as an input: plain if it is known, so that it shows in previews and to policies. */
export function from<T>(settled: Settled, pick: (settlement: Settlement) => T): Input<T> {
  // `apply` unwraps what `pick` returns, which is plain.
  return "now" in settled ? pick(settled.now) : (settled.later.apply((one) => pick(one)) as Output<T>);
}
