import { balancerOf, whyUnknown, type Balancer, type CheckAnswer } from "@evenkeel/core/balancers";
import { groupFronts, occupancies, shapesOf } from "@evenkeel/core/estimate";
import {
  displayName,
  isUnknown,
  orElse,
  reachesNodes,
  zoneOf,
  type Endpoint,
  type Exposure,
  type Front,
  type Node,
} from "@evenkeel/core/model";
import {
  effectiveDistribution,
  flowService,
  hintsFor,
  nodeTargets,
  type BalancerHop,
  type FlowNode,
  type FlowService,
  type Network,
} from "@evenkeel/core/routing";
import { Failure } from "../failure";

/** The ground that a connection travels over: everything but who opens it and to what. */
export interface Scene {
  readonly nodes: readonly FlowNode[];
  readonly endpoints: readonly Endpoint[];
  readonly service: FlowService;
  readonly network: Network;
  readonly balancer: BalancerHop;
  /** What the Service's status has: kube-proxy owns the address unless its mode is Proxy, and never a host name. */
  readonly ingress: { readonly ip: string; readonly ipMode: "VIP" | "Proxy" } | { readonly hostname: string };
  readonly assumptions: readonly string[];
}

/** Documentation addresses (RFC 5737) stand in where the input has none. */
const EXAMPLE = {
  client: "203.0.113.9",
  balancer: "203.0.113.10",
  node: "192.0.2.",
  pod: "198.51.100.",
} as const;

export const CLIENT_ADDRESS = EXAMPLE.client;

/** The scene of one exposure: observed endpoints and nodes where there are some, else one placement as the scheduler would make it. */
export function sceneOf(exposure: Exposure): Scene {
  const [cluster] = shapesOf(exposure.cluster);
  const [port] = exposure.service.ports;
  if (!cluster || !port) throw new Failure(`${displayName(exposure.service.ref)}: has no port to connect to`);
  const service = flowService(exposure.service, port);
  if (isUnknown(service))
    throw new Failure(
      `${displayName(exposure.service.ref)}: ${service.path} is not known, and the way of a packet depends on it`,
    );
  const { endpoints, assumptions } = endpointsOf({ ...exposure, cluster });
  const [group] = groupFronts(exposure);
  const nodes = cluster.nodes.map((node, index): FlowNode => ({
    ...nodeView(node),
    address: internalAddress(node) ?? `${EXAMPLE.node}${index + 1}`,
  }));
  const front = group?.front;
  const balancer = front && balancerOf(front);
  if (front && !reachesNodes(orElse(front.targets.value, "instance"))) {
    throw new Failure(
      `${displayName(exposure.service.ref)}: the load balancer sends to the pods themselves; there is no way through nodes to trace`,
    );
  }
  return {
    nodes,
    endpoints,
    service,
    network: { dataplane: cluster.dataplane, localDetector: "nodeCIDR" },
    balancer: hopOf(exposure, front, balancer, cluster.nodes, endpoints),
    ingress:
      front && balancer?.publishes(front) === "hostname"
        ? { hostname: `${balancer.name}.example.net` }
        : {
            ip: ingressIP(exposure) ?? EXAMPLE.balancer,
            ipMode: front && balancer?.publishes(front) === "proxyAddress" ? "Proxy" : "VIP",
          },
    assumptions: [
      ...assumptions,
      ...(cluster.assumed ? [`${cluster.assumed} (no cluster given)`] : []),
      ...(cluster.readFrom ? [cluster.readFrom.says] : []),
      ...(front && !balancer ? [whyUnknown(front, exposure.service).sentence] : []),
      ...(front && balancer ? checkSaid(balancer.check(front, exposure.service, exposure.workloads)) : []),
    ],
  };
}

/** Why no target passes, what was assumed to say where the check passes, or what is not known of it. */
function checkSaid({ possible, because }: CheckAnswer): readonly string[] {
  if (!because) return [];
  return [possible.length > 1 ? `${because.sentence}; traced as if it passed` : because.sentence];
}

function endpointsOf(exposure: Exposure): {
  readonly endpoints: readonly Endpoint[];
  readonly assumptions: readonly string[];
} {
  const observed = Object.values(exposure.endpoints ?? {}).find((some) => some.length > 0);
  if (observed) return { endpoints: observed, assumptions: [] };
  const [placement] = occupancies(exposure, exposure.cluster, { trials: 1, seed: 1 });
  const placed = (placement?.podsOnNode ?? []).flatMap((count, index): Endpoint[] => {
    const node = exposure.cluster.nodes[index];
    if (!node) return [];
    const zone = zoneOf(node);
    return Array.from({ length: count }, () => ({
      addresses: [],
      nodeName: node.name,
      ...(zone ? { zone } : {}),
    }));
  });
  const named = placed.map((one, index): Endpoint => ({
    ...one,
    pod: `pod-${index + 1}`,
    addresses: [`${EXAMPLE.pod}${index + 1}`],
  }));
  const { possible, reasons, unknown } = effectiveDistribution(exposure.service, exposure.cluster);
  const [active = "none"] = possible;
  const hinted = hintsFor(active, named, exposure.cluster.nodes);
  return {
    endpoints: hinted.endpoints,
    assumptions: [
      "pods are where the scheduler would place them; addresses are examples",
      ...reasons.filter(({ code }) => code !== "distribution-in-force").map(({ sentence }) => sentence),
      ...(hinted.off ? [`topology-mode Auto gives no hints here: ${hinted.off.message}`] : []),
      ...unknown.map(({ sentence }) => `${sentence}; traced as if it were ${active}`),
    ],
  };
}

function hopOf(
  exposure: Exposure,
  front: Front | undefined,
  balancer: Balancer | undefined,
  nodes: readonly Node[],
  endpoints: readonly Endpoint[],
): BalancerHop {
  const { service } = exposure;
  const policy = orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster");
  const registered =
    front && balancer ? balancer.registers(nodes, front, service).nodes : nodes.map((_, index) => index);
  const targets = nodeTargets(
    policy,
    endpoints,
    registered.flatMap((index) => nodes[index] ?? []),
  );
  const [passes] = front && balancer ? balancer.check(front, service, exposure.workloads).possible : [];
  const all = (healthy: boolean, why: string) => targets.map((target) => ({ ...target, healthy, why }));
  // Where it sends to node ports, the answers come back through it; where it keeps its address on the packets, past it.
  const sendsTo = (front && balancer?.deliversTo(front)) ?? "loadBalancerAddress";
  return {
    name: balancer?.title ?? "the load balancer",
    address: EXAMPLE.balancer,
    targets:
      passes === "nowhere"
        ? all(false, "fails the health check")
        : passes === "everywhere"
          ? all(true, "passes the health check")
          : targets,
    failsOpen: balancer?.withoutHealthyTargets === "sendsToAll",
    sendsTo,
    comesFrom: front && orElse(front.preservesClientAddress.value, true) === false ? "balancer" : "client",
    answersPass: sendsTo === "nodePort",
  };
}

function nodeView(node: Node): { readonly name: string; readonly zone?: string } {
  const zone = zoneOf(node);
  return zone === undefined ? { name: node.name } : { name: node.name, zone };
}

function internalAddress({ addresses = [] }: Node): string | undefined {
  return addresses.find(({ type }) => type === "InternalIP")?.address;
}

function ingressIP({ service }: Exposure): string | undefined {
  return service.ingress.find(({ ip, ipMode }) => ip !== undefined && ipMode !== "Proxy")?.ip;
}
