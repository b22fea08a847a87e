import { balancerOf, whyUnknown, type Balancer, type Passes, type Target, type Weigh } from "../balancers";
import { withoutCheck } from "../balancers/checks/node-check";
import {
  distinctStatements,
  isUnknown,
  reachesNodes,
  zoneOf,
  type Exposure,
  type Front,
  type Node,
  type Service,
  type Statement,
} from "../model";
import { evenly } from "../balancers/weigh";
import type { Ground, Reach } from "./spread";
import { sayEstimate } from "./texts";

/** How new connections of one side come to the pods; everything that does not vary over the placement trials. */
export type DataPath = NodePath | PodPath;

/** Connections enter nodes, where kube-proxy takes over. */
export interface NodePath {
  readonly enters: "nodes";
  readonly reach: Reach;
  /** Indices of the nodes that can be entered at all. */
  readonly registered: readonly number[];
  /** Set where, among these, only nodes with such an endpoint are targets. */
  readonly onlyWithEndpoint?: "ready" | "serving";
  /** Where the load balancer's health check passes. */
  readonly passes: Passes;
  /** Whether connections go to every registered node while none is healthy. */
  readonly failsOpen: boolean;
  readonly weigh: Weigh;
  /** Whether `weigh` looks at the pods. */
  readonly weighsByPods?: boolean;
}

/** The load balancer sends to the pods themselves. */
export interface PodPath {
  readonly enters: "pods";
  readonly failsOpen: boolean;
  /** Asked about nodes, each standing for its pods. */
  readonly weigh: Weigh;
  /** The same for pods one by one. */
  weighPods(pods: readonly Target[]): Weigh;
}

/** What is known of the way. */
export interface PathAnswer {
  /** The paths that it may be: one where it is known, none where nobody has modelled the load balancer. */
  readonly possible: readonly DataPath[];
  readonly assumptions: readonly Statement[];
  /** Why there is not exactly one. */
  readonly unknown: readonly Statement[];
}

/** The external side: from the load balancer, through its health check, to the pods. */
export function externalPath(
  { service, cluster }: Pick<Exposure, "service" | "cluster">,
  front: Front | undefined,
): PathAnswer {
  if (!front) return clientsAtNodes(service, cluster.nodes);
  const balancer = balancerOf(front);
  if (!balancer) return { possible: [], assumptions: [], unknown: [whyUnknown(front, service)] };
  const { targets } = front;
  if (!isUnknown(targets.value) && !reachesNodes(targets.value))
    return throughPods(balancer, cluster.nodes, front);
  return throughNodes(balancer, service, cluster.nodes, front);
}

function throughNodes(
  balancer: Balancer,
  service: Service,
  nodes: readonly Node[],
  front: Front,
): PathAnswer {
  const { possible, because } = balancer.check(front, service);
  const { nodes: registered, onlyWithEndpoint, assumptions } = balancer.registers(nodes, front);
  const isKnown = possible.length === 1;
  return {
    possible: possible.map((passes) => ({
      enters: "nodes",
      reach: externalReach(service),
      registered,
      ...(onlyWithEndpoint ? { onlyWithEndpoint } : {}),
      passes,
      failsOpen: balancer.withoutHealthyTargets === "sendsToAll",
      weigh: balancer.weigh(targetsOf(nodes), front),
      ...(balancer.weighsByPods ? { weighsByPods: true } : {}),
    })),
    assumptions: [...(isKnown && because ? [because] : []), ...affinityOf(service), ...assumptions],
    unknown: isKnown || !because ? [] : [because],
  };
}

function throughPods(balancer: Balancer, nodes: readonly Node[], front: Front): PathAnswer {
  return {
    possible: [
      {
        enters: "pods",
        failsOpen: balancer.withoutHealthyTargets === "sendsToAll",
        weigh: balancer.weigh(targetsOf(nodes), front),
        weighPods: (pods) => balancer.weigh(pods, front),
      },
    ],
    assumptions: [],
    unknown: [],
  };
}

/** No load balancer: clients connect to a node port or an external IP, and nothing tells them which nodes serve. */
function clientsAtNodes(service: Service, nodes: readonly Node[]): PathAnswer {
  const { possible, because } = withoutCheck(service);
  return {
    possible: possible.map((passes) => ({
      enters: "nodes",
      reach: externalReach(service),
      registered: nodes.map((_, index) => index),
      passes,
      failsOpen: true,
      weigh: evenly(targetsOf(nodes), "node"),
    })),
    assumptions: [because ?? sayEstimate("clients-spread-over-nodes"), ...affinityOf(service)],
    unknown: [],
  };
}

/** The internal side: clients spread evenly over the nodes that run pods at all call the cluster IP. */
export function internalPath({ service, cluster }: Pick<Exposure, "service" | "cluster">): PathAnswer {
  return {
    possible: [
      {
        enters: "nodes",
        reach: service.internalTrafficPolicy === "Local" ? "local" : reachOf(service),
        registered: cluster.nodes.flatMap(({ unschedulable }, index) => (unschedulable ? [] : [index])),
        passes: "everywhere",
        failsOpen: false,
        weigh: evenly(targetsOf(cluster.nodes), "node"),
      },
    ],
    assumptions: distinctStatements([sayEstimate("clients-inside-evenly"), ...affinityOf(service)]),
    unknown: [],
  };
}

/** kube-proxy chooses once for a client and its affinity's timeout; k/k pkg/proxy/iptables/proxier.go. */
function affinityOf({ sessionAffinity }: Service): readonly Statement[] {
  return sessionAffinity === "ClientIP" ? [sayEstimate("affinity-counts-clients")] : [];
}

function externalReach(service: Service): Reach {
  return service.externalTrafficPolicy === "Local" ? "local" : reachOf(service);
}

function reachOf({ trafficDistribution }: Service): Reach {
  if (trafficDistribution === "PreferSameNode") return "sameNode";
  return trafficDistribution === "PreferSameZone" || trafficDistribution === "PreferClose"
    ? "sameZone"
    : "cluster";
}

function targetsOf(nodes: readonly Node[]): readonly Target[] {
  return nodes.map((node) => {
    const zone = zoneOf(node);
    const address = node.addresses?.find(({ type }) => type === "InternalIP")?.address;
    return {
      node: node.name,
      ...(zone === undefined ? {} : { zone }),
      ...(address === undefined ? {} : { address }),
    };
  });
}

export function groundOf(nodes: readonly Node[]): Ground {
  const names = [...new Set(nodes.map(zoneOf).filter((zone) => zone !== undefined))];
  return { zoneOf: nodes.map((node) => names.indexOf(zoneOf(node) ?? "")), zones: names.length };
}
