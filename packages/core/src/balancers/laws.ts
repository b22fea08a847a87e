import type { Front, Place, Service } from "../model";
import type { BalancerFactId } from "./facts";

/**
 * What the laws that hold for every load balancer rest on and come to in the words of one of them: the facts that a finding stands
 * for, and a fix that can be pasted. A law that a load balancer says nothing about has the general facts and fix of its rule.
 */
export type Laws = Readonly<Partial<Record<LawName, Law>>>;

export type LawName =
  /** Under Local a check that only connects sees an open port on every node. */
  | "localCheckProtocol"
  /** Under Local a check of another port than the health-check node port. */
  | "localCheckPort"
  /** Under Local a check of the very port that receives the traffic, which notices late that the pods are gone. */
  | "localCheckTraffic"
  /** Under Local a check over HTTP to which 200 and 503 are the same. */
  | "localCheckStatus"
  /** Under Local a target that nothing checks. */
  | "localChecked"
  /** A Local Service of a type without a health-check node port. */
  | "localServiceType"
  /** A check of a port on which the target does not listen. */
  | "checkPortOpen"
  /** A check over TCP of a port of UDP. */
  | "udpCheckPort"
  /** Under Local a PROXY header before checks that kube-proxy answers. */
  | "localCheckHeader"
  /** A PROXY header before a check of a port that does not parse one. */
  | "checkHeader"
  /** The PROXY header is sent if and only if the pods read it. */
  | "proxyHeader"
  /** The client's address arrives where it is wanted. */
  | "clientAddress"
  /** Local without effect, since the pods are the targets. */
  | "podTargets"
  /** Local beside a PROXY header that carries the client's address under Cluster too. */
  | "localBesideProxyHeader"
  /** Nodes as targets of a Service without node ports. */
  | "nodePorts";

export interface Law {
  readonly facts: readonly BalancerFactId[];
  /** One or two sentences, ending with a full stop; the rule's own if left out. */
  fix?(front: Front, service: Service): string;
  /** What to edit, where that is not the setting that is wrong itself. */
  place?(front: Front): Place;
  /** What a violation rests on and cannot be seen. */
  assumes?(front: Front): string | undefined;
  /** Set where a violation costs less with this load balancer than the level of the rule says. */
  readonly level?: "advisory";
}
