import { isSecret, output, Resource, ResourceError, RunError, type Input, type Output } from "@pulumi/pulumi";
import { knownNow } from "../arguments/now";
import { Refusal } from "./refusal";
import { settle, type ComponentClass, type Settlement } from "./settle";

/** A settlement that is there, or that comes with the outputs among the arguments. */
export type Settled = { readonly now: Settlement } | { readonly later: Output<Settlement> };

/**
 * Judges the arguments before the component registers anything: what is wrong throws here, without a stack trace. Undefined if the
 * decision must wait for outputs.
 */
export function settleNow(component: ComponentClass, name: string, args: unknown): Settlement | undefined {
  try {
    return settle(component, name, knownNow(args));
  } catch (error) {
    throw error instanceof Refusal ? new RunError(error.message) : error;
  }
}

/** The same, on the values of the outputs; refused with the same words. */
export function settleLater(
  component: ComponentClass,
  name: string,
  args: object,
  resource: Resource,
): Output<Settlement> {
  const values = output(withProperties(args));
  return values.apply(async (known) => {
    try {
      const settlement = settle(component, name, knownNow(known));
      if (!settlement) throw new Error(`${name}: every argument is known, and yet there is no decision`);
      return settlement;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ResourceError(await withoutSecrets(error, values, name), resource, true);
    }
  });
}

/** A message names what it saw, and that may come from a secret. */
async function withoutSecrets({ message }: Refusal, values: Output<unknown>, name: string): Promise<string> {
  if (!(await isSecret(values))) return message;
  return `${name}: its arguments are refused; what was seen is not shown, since some of them are secret`;
}

/** Workload resources by the properties that are read of them. */
function withProperties(args: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]: [string, unknown]) => [
      key,
      Resource.isInstance(value) ? propertiesOf(value) : value,
    ]),
  );
}

function propertiesOf(resource: Resource): unknown {
  const { metadata, spec } = resource as Resource & { readonly metadata?: unknown; readonly spec?: unknown };
  return { metadata, spec };
}

/** One value of the settlement, as an input: plain if it is known, so that it shows in previews and to policies. */
export function from<T>(settled: Settled, pick: (settlement: Settlement) => T): Input<T> {
  // `apply` unwraps what `pick` returns, which is plain.
  return "now" in settled ? pick(settled.now) : (settled.later.apply((one) => pick(one)) as Output<T>);
}
