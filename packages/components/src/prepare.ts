import { log, type ComponentResource } from "@pulumi/pulumi";
import type { NlbServiceArgs } from "./args";
import { withClusterFile } from "./arguments/cluster";
import { knownNow } from "./arguments/now";
import { labelOf, type ComponentClass } from "./component-class";
import { withoutStack } from "./decision/refusal";
import { settleLater, type Settled } from "./decision/settled";
import { settle, type Settlement } from "./decision/settle";

/** Arguments that may be registered. */
export interface Prepared<T> {
  readonly args: T;
  /** Says what is to be said about the registered component, and gives the settlement. */
  settled(resource: ComponentResource): Settled;
}

/**
 * What happens before a component is registered. Plain arguments that are wrong throw here, so that nothing of it exists, neither in
 * the stack nor in what policies see; wrong outputs fail the program once they are there.
 */
export function prepare<T extends NlbServiceArgs>(
  component: ComponentClass,
  name: string,
  args: T,
): Prepared<T> {
  return withoutStack(() => {
    const whole = withClusterFile(labelOf(component, name), args);
    const now = settle(component, name, knownNow(whole));
    return {
      args: whole,
      settled(resource) {
        if (now) return { now: warn(now, resource) };
        return {
          later: settleLater(component, name, whole, resource).apply((settlement) =>
            warn(settlement, resource),
          ),
        };
      },
    };
  });
}

function warn(settlement: Settlement, resource: ComponentResource): Settlement {
  for (const warning of settlement.warnings) void log.warn(warning, resource);
  return settlement;
}
