import type { Exposure, Front, Statement } from "../model";
import { lagOf, zoneSecondsOf, type Lag } from "../estimate/during/lag";
import { externalPath, type DataPath } from "../estimate/data-path";

/** Targets of a load balancer that share a health check, as they are in one phase: an NLB's target group. */
export interface Group {
  readonly name: "old" | "new";
  readonly path: DataPath;
  readonly lag: Lag;
  /** For which clients still connect to a zone that has lost its last target. */
  readonly zoneSeconds: number;
  /** Nodes without a pod are not registered. */
  readonly podsOnly?: boolean;
}

/** From one step of a switch until the next. */
export interface Phase {
  readonly action: Statement;
  readonly why: readonly Statement[];
  /** Undefined: until nothing changes any more. */
  readonly seconds?: number;
  /** Those that there are; the load balancer sends to the one named in `active`. */
  readonly groups: readonly Group[];
  readonly active: Group["name"];
}

/** The state at rest before the first step. */
export type Start = Pick<Phase, "groups" | "active">;

/** A group as the front has it with this Service; what had to be assumed of its check with it. Throws `UnknownPath`. */
export function groupOf(
  name: Group["name"],
  exposure: Pick<Exposure, "service" | "cluster" | "workloads">,
  front: Front | undefined,
  deregistrationSeconds?: number,
): Group & { readonly assumptions: readonly Statement[] } {
  const { possible, assumptions, unknown } = externalPath(exposure, front);
  const [path, ...others] = possible;
  if (!path || others.length > 0) throw new UnknownPath(unknown);
  const lag = lagOf(front, deregistrationSeconds);
  const zoneSeconds = zoneSecondsOf(front);
  return { name, path, lag, zoneSeconds, assumptions };
}

/** A switch is followed on one path; on one of its ways there is none that is known. */
export class UnknownPath extends Error {
  constructor(readonly unknown: readonly Statement[]) {
    super("the way of the traffic is not known");
  }
}

/** Seconds until the balancer has made up its mind about every target of the groups, as far as it ever does. */
export function settling(groups: readonly Group[]): number {
  const seconds = groups.flatMap(({ lag }) => [lag.detection, lag.recovery]);
  return Math.max(0, ...seconds.filter((one) => one < Infinity));
}
