import { isUnknown, type Front } from "../model";
import type { Balancer } from "./balancer";
import { haproxy } from "./haproxy";
import { nlbInstance } from "./nlb-instance";
import { nlbIp } from "./nlb-ip";

/** Every balancer that Evenkeel knows; a new one is a file beside this and a line here. */
export const BALANCERS: readonly Balancer[] = Object.freeze([nlbInstance, nlbIp, haproxy]);

const BY_KIND: ReadonlyMap<string, Balancer> = new Map(BALANCERS.map((one) => [one.kind, one]));

/**
 * The behaviour behind a front: `front.balancer` (`nlb`) together with its kind of target. Undefined where the target kind is not
 * known yet or nothing is known of the balancer.
 */
export function balancerOf(front: Front): Balancer | undefined {
  const targets = front.targets.value;
  if (isUnknown(targets)) return undefined;
  return BY_KIND.get(`${front.balancer}-${targets}`) ?? BY_KIND.get(front.balancer);
}
