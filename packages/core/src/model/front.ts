import type { HealthCheck } from "./health-check";
import type { Knowable } from "./knowable";
import type { LabelSelector } from "./selector";
import type { ObjectRef } from "./ref";
import type { Place, Setting } from "./setting";
import type { Statement } from "./statement";

/**
 * What a load balancer sends connections to.
 * `instance` and `node`: a node, where kube-proxy takes over. `ip` and `pod`: the pod itself, past kube-proxy.
 */
export type TargetKind = "instance" | "ip" | "node" | "pod";

/** True where kube-proxy stands between the load balancer and the pod. */
export function reachesNodes(targets: TargetKind): boolean {
  return targets === "instance" || targets === "node";
}

export type Scheme = "internal" | "internet-facing";

/** Whoever turns the wish into a load balancer; its version gates behaviour as the Kubernetes version gates the Service's. */
export interface Controller {
  /** `aws-load-balancer-controller`, `cloud-provider-aws`, `eks-auto-mode`, `metallb`, `pulumi`, … */
  readonly name: string;
  readonly version?: string;
  /** Settings of its own that decide about the front, by their names there: `create-monitor` of `cloud.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * What a Service's status has of its load balancer. kube-proxy answers for an `address` itself, so that calls from inside never leave the
 * cluster; it leaves a `hostname`, and an address with ipMode Proxy (`proxyAddress`), to the load balancer.
 */
export type Published = "address" | "proxyAddress" | "hostname";

export type AttributeValue = string | number | boolean | readonly string[];

/**
 * One load balancer in front of one port of a Service: what it listens on, what it sends to, how it checks.
 * `balancer` names the file of `core/balancers` that knows its behaviour; what only that balancer has lies in `attributes`
 * under the balancer's own attribute names (`proxy_protocol_v2.enabled`, `load_balancing.cross_zone.enabled`).
 */
export interface Front {
  readonly balancer: string;
  /** What people call the load balancer, where its behaviour is not modelled and its source says what it is: `MetalLB`. */
  readonly called?: string;
  readonly controller: Controller;
  /** The object that a person edits to change this front: a target group, or the annotated Service. */
  readonly resource: ObjectRef;
  /** Other objects that this front was read from: the load balancer, the listener, the binding. */
  readonly related: readonly ObjectRef[];
  /** `spec.ports[].port` of the Service that this front carries. */
  readonly servicePort: Knowable<number>;
  readonly listener?: { readonly protocol: Setting<string>; readonly port: Setting<number> };
  readonly targets: Setting<TargetKind>;
  /** Port of the target that receives the traffic: the node port, or the pod's port. */
  readonly targetPort: Setting<number>;
  /** Absent where the balancer has no such choice. */
  readonly scheme?: Setting<Scheme>;
  /** Absent where the balancer does not check (MetalLB). */
  readonly healthCheck?: HealthCheck;
  /** The PROXY protocol header that the balancer prepends to the connection. */
  readonly proxyProtocol: Setting<"off" | "v1" | "v2">;
  /** Whether the balancer keeps the client's address on the packets it sends to the target. */
  readonly preservesClientAddress: Setting<boolean>;
  /** What the Service's status gets; absent where it is the same for every front of the balancer. */
  readonly publishes?: Setting<Published>;
  readonly attributes: Readonly<Record<string, Setting<AttributeValue>>>;
  /** Labels that a node must have to be a target; absent: every node that the balancer takes. */
  readonly nodeSelector?: Setting<LabelSelector>;
  /** The targets one by one, where the balancer's own configuration lists them; what they differ in is theirs. */
  readonly members?: readonly FrontMember[];
  /** How nodes make the address known, where the network itself is the load balancer. */
  readonly announcements?: readonly Announcement[];
  /** The address, where it is known; the first one of several. */
  readonly address?: Setting<string>;
  /** What of it is not known, so that its behaviour is not; said by whoever made this front. */
  readonly unknown?: Statement;
}

/** One advertisement of a load balancer's address: which nodes make it known, and which of them before others. */
export interface Announcement {
  readonly resource: ObjectRef;
  /** Nodes that any of them selects; empty: every node. */
  readonly nodeSelectors: readonly LabelSelector[];
  /** Nodes that are preferred as the leader, by the sum of their weights. */
  readonly preferences: readonly { readonly weight: number; readonly selector: LabelSelector }[];
}

/** One target of a front as the balancer's configuration names it: a server of HAProxy. */
export interface FrontMember {
  readonly name: string;
  /** Where it is listed. */
  readonly at: Place;
  readonly address: Setting<string>;
  /** Name of the node that has the address, where such a node is in sight. */
  readonly node?: string;
  /** Share beside the other members: twice the weight, twice the connections. */
  readonly weight: Setting<number>;
  /** Used only while no other member is healthy. */
  readonly backup: boolean;
  /** Absent where nothing checks this member. */
  readonly healthCheck?: HealthCheck;
  readonly proxyProtocol: Front["proxyProtocol"];
}
