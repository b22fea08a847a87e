import type { Exposure, Front } from "../model";
import { lagOf, zoneSecondsOf, type Lag } from "../estimate/during/lag";
import { DEREGISTRATION, externalPlan, type Plan } from "../estimate/plan";

/** Targets of a load balancer that share a health check, as they are in one phase: an NLB's target group. */
export interface Group {
  readonly name: "old" | "new";
  readonly plan: Plan;
  readonly lag: Lag;
  /** For which clients still go to a zone that has nothing left to send to. */
  readonly zoneSeconds: number;
  /** Nodes without a pod are not registered. */
  readonly podsOnly?: boolean;
}

/** From one step of a switch until the next. */
export interface Phase {
  readonly action: string;
  readonly why: string;
  /** Undefined: until nothing changes any more. */
  readonly seconds?: number;
  /** Those that there are; the load balancer sends to the one named in `active`. */
  readonly groups: readonly Group[];
  readonly active: Group["name"];
}

/** The state at rest before the first step. */
export type Start = Pick<Phase, "groups" | "active">;

/** A group as the front has it with this Service; what had to be assumed of its check with it. */
export function groupOf(
  name: Group["name"],
  { service, cluster }: Pick<Exposure, "service" | "cluster">,
  front: Front | undefined,
  deregistrationSeconds?: number,
): Group & { readonly assumptions: readonly string[] } {
  const { plan, assumptions } = externalPlan({ service, cluster }, front);
  const lag = lagOf(front, deregistrationSeconds);
  const zoneSeconds = zoneSecondsOf(front);
  return { name, plan, lag, zoneSeconds, assumptions: assumptions.filter((one) => one !== DEREGISTRATION) };
}

/** Seconds until the balancer has made up its mind about every target of the groups, as far as it ever does. */
export function settling(groups: readonly Group[]): number {
  const seconds = groups.flatMap(({ lag }) => [lag.detection, lag.recovery]);
  return Math.max(0, ...seconds.filter((one) => one < Infinity));
}
