import type { Finding } from "./report";

/**
 * The facts of the laws that hold for every load balancer, under the names by which cases know them: the fact of one load balancer, or
 * a word for the fault. A finding carries the law's own fact where its load balancer has none.
 */
const FACTS_OF: Readonly<Record<string, readonly string[]>> = {
  H1: ["EK5"],
  H2: ["EK12"],
  H3: ["EK9"],
  H4: ["EK8"],
  H5: ["EK7"],
  H6: ["K8S-L2"],
  H7: ["EK11"],
  "client-address": ["EK9"],
  "do-local-needs-its-own-check": ["EK5"],
  "local-check-on-node-port": ["EK5"],
  "octavia-local-needs-monitor": ["EK12"],
  "proxy-protocol-without-sender": ["EK8"],
  "udp-needs-a-tcp-check-port": ["EK6"],
  "unknown-annotation": ["EK15"],
};

/** Whether a finding stands for a name: a fact, a rule, or a slug with or without `NEW:`; `U40|EK4` is either. */
export function standsFor({ rule, facts }: Pick<Finding, "rule" | "facts">, name: string): boolean {
  return name
    .split("|")
    .map((one) => one.replace(/^NEW:/, ""))
    .flatMap((one) => [one, ...(FACTS_OF[one] ?? [])])
    .some((one) => rule === one || facts.includes(one));
}
