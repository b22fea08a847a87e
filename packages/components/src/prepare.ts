import { log, type ComponentResource } from "@pulumi/pulumi";
import type { NlbServiceArgs } from "./args";
import { settleLater, settleNow, type Settled } from "./decision/settled";
import type { ComponentClass, Settlement } from "./decision/settle";

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
  const now = settleNow(component, name, args);
  return {
    args,
    settled(resource) {
      if (now) {
        warn(now, resource);
        return { now };
      }
      return {
        later: settleLater(component, name, args, resource).apply((settlement) => warn(settlement, resource)),
      };
    },
  };
}

function warn(settlement: Settlement, resource: ComponentResource): Settlement {
  for (const warning of settlement.warnings) void log.warn(warning, resource);
  return settlement;
}
