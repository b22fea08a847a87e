import { NLB_LAW_EXAMPLES } from "./aws/law-examples";
import type { BadExample, GoodExample } from "./frame/example";
import { HAPROXY_LAW_EXAMPLES } from "./haproxy/law-examples";
import { METALLB_LAW_EXAMPLES } from "./metallb/law-examples";
import { CLOUD_LAW_EXAMPLES } from "./node-port-clouds/law-examples";

/** What one load balancer shows of the rules that hold for every load balancer, by rule. */
export type LawExamples = Readonly<Record<string, LawExample>>;

export interface LawExample {
  readonly bad: readonly BadExample[];
  readonly good: readonly GoodExample[];
}

/** A new load balancer adds a line here. */
const BALANCERS: readonly LawExamples[] = [
  NLB_LAW_EXAMPLES,
  HAPROXY_LAW_EXAMPLES,
  METALLB_LAW_EXAMPLES,
  CLOUD_LAW_EXAMPLES,
];

/** The examples of a rule: its own, then those of each load balancer that has some. */
export function lawExamples(rule: string, own: LawExample = NONE): LawExample {
  const all = [own, ...BALANCERS.flatMap((examples) => examples[rule] ?? [])];
  return { bad: all.flatMap(({ bad }) => bad), good: all.flatMap(({ good }) => good) };
}

const NONE: LawExample = { bad: [], good: [] };
