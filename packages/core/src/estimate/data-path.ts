import {
  balancerOf,
  whyUnknown,
  type Balancer,
  type CheckAnswer,
  type Passes,
  type Target,
  type Weigh,
} from "../balancers";
import { withoutCheck } from "../balancers/checks/node-check";
import {
  distinctStatements,
  isUnknown,
  reachesNodes,
  zoneOf,
  type Cluster,
  type Exposure,
  type Front,
  type Node,
  type Service,
  type Statement,
} from "../model";
import { sayBalancer } from "../balancers/texts";
import { evenly } from "../balancers/weigh";
import { effectiveDistribution, type ActiveDistribution } from "../routing/effective-distribution";
import { hintedZones } from "./hinted-zones";
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
  /** Whether all connections enter by one node. */
  readonly entersOneNode?: boolean;
  /** Whether `weigh` looks at the pods. */
  readonly weighsByPods?: boolean;
}

/** The load balancer sends to the pods themselves. */
export interface PodPath {
  readonly enters: "pods";
  /** Whether a pod that answers passes the load balancer's health check, or none ever does. */
  readonly passes: "servedHere" | "nowhere";
  /** Whether connections go to every pod while none is healthy. */
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
  { service, cluster, workloads }: Pick<Exposure, "service" | "cluster" | "workloads">,
  front: Front | undefined,
): PathAnswer {
  if (!front) return clientsAtNodes(service, cluster);
  const balancer = balancerOf(front);
  if (!balancer) return { possible: [], assumptions: [], unknown: [whyUnknown(front, service)] };
  const { targets } = front;
  const check = balancer.check(front, service, workloads);
  if (!isUnknown(targets.value) && !reachesNodes(targets.value))
    return throughPods(balancer, check, service, cluster.nodes, front);
  return throughNodes(balancer, check, service, cluster, front);
}

/**
 * What the health check comes to in words: why no target passes and what becomes of connections then, what was assumed, or what is not
 * known.
 */
function checkStatements(
  { possible, because }: CheckAnswer,
  { withoutHealthyTargets, title }: Balancer,
  drops: boolean,
): Pick<PathAnswer, "assumptions" | "unknown"> {
  const said = because ? [because] : [];
  const then =
    possible.includes("nowhere") && withoutHealthyTargets === "unknown"
      ? [sayBalancer("without-healthy-unknown", { title })]
      : [];
  if (possible.length > 1) return { assumptions: [], unknown: [...said, ...then] };
  if (!possible.includes("nowhere")) return { assumptions: said, unknown: [] };
  if (then.length > 0) return { assumptions: said, unknown: then };
  const outcome =
    withoutHealthyTargets === "sendsToAll"
      ? sayBalancer("fails-open", { drops })
      : sayBalancer("refuses-all");
  return { assumptions: [...said, outcome], unknown: [] };
}

function throughNodes(
  balancer: Balancer,
  check: CheckAnswer,
  service: Service,
  cluster: Cluster,
  front: Front,
): PathAnswer {
  const { nodes } = cluster;
  const { nodes: registered, onlyWithEndpoint, assumptions } = balancer.registers(nodes, front, service);
  const ends = check.possible.flatMap((passes) =>
    failsOpenWhere(balancer, passes).map((failsOpen) => ({ passes, failsOpen })),
  );
  const reaches = externalReaches(service, cluster);
  const said = checkStatements(check, balancer, reaches.possible.includes("local"));
  return {
    possible: crossed(ends, reaches.possible).map(([{ passes, failsOpen }, reach]) => ({
      enters: "nodes",
      reach,
      registered,
      ...(onlyWithEndpoint ? { onlyWithEndpoint } : {}),
      passes,
      failsOpen,
      weigh: balancer.weigh(targetsOf(nodes), front, service),
      ...(balancer.entersOneNode ? { entersOneNode: true } : {}),
      ...(balancer.weighsByPods ? { weighsByPods: true } : {}),
    })),
    assumptions: [...said.assumptions, ...reaches.assumptions, ...affinityOf(service), ...assumptions],
    unknown: [...said.unknown, ...reaches.unknown],
  };
}

/**
 * Whether connections go to every target while none is healthy. Where that is not known, both are possible if no target ever passes; else
 * it comes to no more than a moment, for which the worse is assumed.
 */
function failsOpenWhere({ withoutHealthyTargets }: Balancer, passes: Passes): readonly boolean[] {
  if (withoutHealthyTargets === "unknown") return passes === "nowhere" ? [false, true] : [false];
  return [withoutHealthyTargets === "sendsToAll"];
}

function throughPods(
  balancer: Balancer,
  check: CheckAnswer,
  service: Service,
  nodes: readonly Node[],
  front: Front,
): PathAnswer {
  const ways = new Set(
    check.possible.map((one): PodPath["passes"] => (one === "nowhere" ? "nowhere" : "servedHere")),
  );
  const ends = [...ways].flatMap((passes) =>
    failsOpenWhere(balancer, passes).map((failsOpen) => ({ passes, failsOpen })),
  );
  return {
    possible: ends.map((end) => ({
      enters: "pods",
      ...end,
      weigh: balancer.weigh(targetsOf(nodes), front, service),
      weighPods: (pods) => balancer.weigh(pods, front, service),
    })),
    ...checkStatements(check, balancer, false),
  };
}

/** No load balancer: clients connect to a node port or an external IP, and nothing tells them which nodes serve. */
function clientsAtNodes(service: Service, cluster: Cluster): PathAnswer {
  const { nodes } = cluster;
  const { possible, because } = withoutCheck(service);
  const reaches = externalReaches(service, cluster);
  return {
    possible: crossed(possible, reaches.possible).map(([passes, reach]) => ({
      enters: "nodes",
      reach,
      registered: nodes.map((_, index) => index),
      passes,
      failsOpen: true,
      weigh: evenly(targetsOf(nodes), "node"),
    })),
    assumptions: [
      because ?? sayEstimate("clients-spread-over-nodes"),
      ...reaches.assumptions,
      ...affinityOf(service),
    ],
    unknown: reaches.unknown,
  };
}

/** The internal side: clients spread evenly over the nodes that run pods at all call the cluster IP. */
export function internalPath({ service, cluster }: Pick<Exposure, "service" | "cluster">): PathAnswer {
  const isLocal = service.internalTrafficPolicy === "Local";
  const reaches = isLocal ? LOCAL : reachesOf(service, cluster);
  return {
    possible: reaches.possible.map((reach) => ({
      enters: "nodes",
      reach,
      registered: cluster.nodes.flatMap(({ unschedulable }, index) => (unschedulable ? [] : [index])),
      passes: "everywhere",
      failsOpen: false,
      weigh: evenly(targetsOf(cluster.nodes), "node"),
    })),
    assumptions: distinctStatements([
      sayEstimate("clients-inside-evenly"),
      ...reaches.assumptions,
      ...affinityOf(service),
    ]),
    unknown: reaches.unknown,
  };
}

/** kube-proxy chooses once for a client and its affinity's timeout; k/k pkg/proxy/iptables/proxier.go. */
function affinityOf({ sessionAffinity }: Service): readonly Statement[] {
  return sessionAffinity === "ClientIP" ? [sayEstimate("affinity-counts-clients")] : [];
}

/** Which endpoints a node's kube-proxy prefers: more than one answer where that is not known. */
interface Reaches {
  readonly possible: readonly Reach[];
  readonly assumptions: readonly Statement[];
  readonly unknown: readonly Statement[];
}

/** A Local policy is not subject to any traffic distribution (KEP-4444). */
const LOCAL: Reaches = Object.freeze({ possible: ["local" as const], assumptions: [], unknown: [] });

function externalReaches(service: Service, cluster: Cluster): Reaches {
  return service.externalTrafficPolicy === "Local" ? LOCAL : reachesOf(service, cluster);
}

const REACH: Readonly<Record<ActiveDistribution, Reach>> = Object.freeze({
  none: "cluster",
  topologyMode: "hintedZone",
  PreferClose: "sameZone",
  PreferSameZone: "sameZone",
  PreferSameNode: "sameNode",
});

function reachesOf(service: Service, cluster: Cluster): Reaches {
  const { possible, reasons, unknown } = effectiveDistribution(service, cluster);
  return {
    possible: [...new Set(possible.map((active) => REACH[active]))],
    // A field that does what it says is no assumption; affinity is reported once, by what it does to the figures.
    assumptions: reasons.filter(
      ({ code }) => code !== "distribution-in-force" && code !== "affinity-keeps-the-first-choice",
    ),
    unknown,
  };
}

function crossed<A, B>(these: readonly A[], those: readonly B[]): readonly (readonly [A, B])[] {
  return these.flatMap((one) => those.map((other) => [one, other] as const));
}

function targetsOf(nodes: readonly Node[]): readonly Target[] {
  return nodes.map((node) => {
    const zone = zoneOf(node);
    const address = node.addresses?.find(({ type }) => type === "InternalIP")?.address;
    return {
      node: node.name,
      labels: node.labels,
      ...(zone === undefined ? {} : { zone }),
      ...(address === undefined ? {} : { address }),
    };
  });
}

export function groundOf(nodes: readonly Node[]): Ground {
  const names = [...new Set(nodes.map(zoneOf).filter((zone) => zone !== undefined))];
  return {
    zoneOf: nodes.map((node) => names.indexOf(zoneOf(node) ?? "")),
    zones: names.length,
    hinted: hintedZones(nodes, names),
  };
}
