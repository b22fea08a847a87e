import { AWS_FACTS } from "./aws/facts";
import { HAPROXY_FACTS } from "./haproxy/facts";
import { METALLB_FACTS } from "./metallb/facts";
import { NODE_PORT_FACTS } from "./node-port-clouds/row-facts";

/** Something learned of a load balancer or its controller, with the place it was learned from. */
export interface Fact {
  readonly statement: string;
  readonly source: string;
}

/** The facts of every load balancer by id; a new one adds a line here. */
export const BALANCER_FACTS = {
  ...AWS_FACTS,
  ...HAPROXY_FACTS,
  ...METALLB_FACTS,
  ...NODE_PORT_FACTS,
} as const;

export type BalancerFactId = keyof typeof BALANCER_FACTS;
