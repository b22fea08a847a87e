import { isUnknown, type Front } from "../model";
import { nlbInstance } from "./aws/nlb/instance";
import { nlbIp } from "./aws/nlb/ip";
import type { Balancer } from "./balancer";
import { haproxy } from "./haproxy/haproxy";
import { metallbBgp, metallbLayer2 } from "./metallb/balancer";
import { NODE_PORT_BALANCERS } from "./node-port-clouds";

/** Every load balancer whose behaviour is modelled; a new one is a folder beside this file and a line here. */
export const BALANCERS: readonly Balancer[] = Object.freeze([
  nlbInstance,
  nlbIp,
  haproxy,
  metallbLayer2,
  metallbBgp,
  ...NODE_PORT_BALANCERS,
]);

const BY_NAME_AND_TARGETS: ReadonlyMap<string, Balancer> = new Map(
  BALANCERS.flatMap((one) => one.targets.map((targets) => [`${one.name} ${targets}`, one] as const)),
);

/** The behaviour behind a front. Undefined where its kind of target is not known yet, or nobody has modelled the load balancer. */
export function balancerOf({ balancer, targets }: Pick<Front, "balancer" | "targets">): Balancer | undefined {
  return isUnknown(targets.value) ? undefined : BY_NAME_AND_TARGETS.get(`${balancer} ${targets.value}`);
}

/** The load balancers of one name, one for each kind of target. */
export function balancersNamed(name: string): readonly Balancer[] {
  return BALANCERS.filter((one) => one.name === name);
}
