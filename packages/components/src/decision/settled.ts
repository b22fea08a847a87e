import { decidesTraffic } from "@evenkeel/adapters";
import { isSecret, log, output, Resource, ResourceError, type Input, type Output } from "@pulumi/pulumi";
import { knownNow } from "../arguments/now";
import { labelOf, type AnyDecision, type ComponentClass } from "../component-class";
import { Refusal } from "./refusal";
import { settle, type Judgement, type Settlement } from "./settle";

/** Something that is there, or that comes with the outputs among the arguments. */
export type Settled<T> = { readonly now: T } | { readonly later: Output<T> };

/** One value of something settled, as an input: plain if it is there, so that it shows in previews and to policies. */
export function from<T, U>(settled: Settled<T>, pick: (value: T) => U): Input<U> {
  // What `pick` returns holds no outputs, so there is nothing for `apply` to unwrap.
  return "now" in settled ? pick(settled.now) : (settled.later.apply((value) => pick(value)) as Output<U>);
}

/** What a registered component is made by, and what it says. */
export interface Outcome<W, D> {
  readonly wiring: Settled<W>;
  readonly judgement: Settled<Judgement<D>>;
}

/** The outcome for a component whose arguments were judged as far as they were known. Gives its advice. */
export function outcomeOf<W, D extends AnyDecision>(
  component: ComponentClass<W, D>,
  name: string,
  args: object,
  { wiring, judgement, advice }: Settlement<W, D>,
  resource: Resource,
): Outcome<W, D> {
  for (const text of advice) void log.warn(text, resource);
  if (wiring && judgement) return { wiring: { now: wiring }, judgement: { now: judgement } };
  const whole = settleLater(component, name, args, resource).apply((settlement) => {
    for (const text of settlement.advice) if (!advice.includes(text)) void log.warn(text, resource);
    return settlement;
  });
  return {
    wiring: wiring ? { now: wiring } : { later: whole.apply((settlement) => settlement.wiring) },
    judgement: { later: whole.apply((settlement) => settlement.judgement) },
  };
}

/**
 * Judges the arguments once those outputs are there that the traffic rests on, and refuses them with the same words as plain ones.
 * What has no part in it, and is often not known before the update (subnets, names), is not waited for.
 */
function settleLater<W, D extends AnyDecision>(
  component: ComponentClass<W, D>,
  name: string,
  args: object,
  resource: Resource,
): Output<Required<Settlement<W, D>>> {
  const label = labelOf(component, name);
  const entries = Object.entries(args).map(
    ([key, value]: [string, unknown]) => [key, propertiesOf(value)] as const,
  );
  const waited = output(Object.fromEntries(entries.filter(([key]) => decidesTraffic(key))));
  const rest = knownNow(Object.fromEntries(entries.filter(([key]) => !decidesTraffic(key))));
  return waited.apply(async (known) => {
    const secret = await isSecret(waited);
    try {
      const { wiring, judgement, advice } = settle(component, name, Object.assign({}, rest, knownNow(known)));
      if (!wiring || !judgement)
        throw new Error(`${label}: everything is known, and yet there is no decision`);
      return {
        wiring,
        judgement,
        advice: secret && advice.length > 0 ? [`there is advice; ${NOT_SHOWN}`] : advice,
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ResourceError(secret ? `${label}: refused; ${NOT_SHOWN}` : error.message, resource, true);
    }
  });
}

/** A message names what it saw. */
const NOT_SHOWN = "why is not shown, since some of its arguments are secret";

/** A workload resource by the properties that are read of it; anything else as it is. */
function propertiesOf(value: unknown): unknown {
  if (!Resource.isInstance(value)) return value;
  const { metadata, spec } = value as Resource & { readonly metadata?: unknown; readonly spec?: unknown };
  return { metadata, spec };
}
