import { familyOf } from "../api/ip/ip";
import { balancerOf, GENERAL_INSTRUCTIONS } from "../balancers";
import type { KnownEstimate } from "../estimate";
import {
  isUnknown,
  orElse,
  reachesNodes,
  type Endpoint,
  type Exposure,
  type Front,
  type Node,
  type Service,
  type Statement,
} from "../model";
// Past the index, which would load the journeys of single packets as well: a start should be quick.
import type { Destination, FlowService, Source } from "../routing/flow";
import { flowService } from "../routing/flow-service";
import { route } from "../routing/route";
import { loadBalancerVips, type IpFamily } from "../routing/service-traffic";
import { enforcedRanges, mayEnter } from "../routing/source-ranges";
import type { Rollout } from "./rollout";
import { sayDecide } from "./texts";

/** One scenario under one candidate: its Service and fronts are as the candidate has them. */
export interface Scene {
  readonly exposure: Exposure;
  readonly estimate: KnownEstimate;
  /** What a rollout does to the pods of the scenario. */
  rollout(): Rollout;
}

/**
 * Why calls from inside to the load balancer's address fail; undefined where they do not, as far as is known. kube-proxy answers for
 * an address that it owns, and asks the source ranges first; a hostname is called outside and comes back through the load balancer.
 * A Service without a load balancer is called by the node port of any node, or by its external IP.
 */
export function insideFailure({ exposure, estimate }: Scene): Statement | undefined {
  const { service, fronts } = exposure;
  const [front] = fronts;
  if (front || isLoadBalancer(service)) {
    if (!isOwned(service, front)) return front && comesBack(front, estimate);
    if (front && !isUnknown(front.proxyProtocol.value) && front.proxyProtocol.value !== "off") {
      return sayDecide("inside-without-proxy-header");
    }
    return outsideRanges(exposure) ?? refused(exposure, estimate, { kind: "loadBalancer", ingress: VIP });
  }
  const { externalIPs } = service;
  if (!isUnknown(externalIPs) && externalIPs[0] !== undefined)
    return refused(exposure, estimate, { kind: "externalIP", address: externalIPs[0] });
  return refused(exposure, estimate, { kind: "nodePort", node: BARE.name });
}

function isLoadBalancer({ type }: Service): boolean {
  return orElse(type, "LoadBalancer") === "LoadBalancer";
}

/** Whether kube-proxy owns the load balancer's address: as published, else as this kind of load balancer publishes it. */
function isOwned(service: Service, front: Front | undefined): boolean {
  if (service.ingress.length > 0)
    return FAMILIES.some((family) => loadBalancerVips(service, family).length > 0);
  const published = front && balancerOf(front)?.publishes(front);
  return published === undefined || published === "address";
}

/**
 * A load balancer that preserves the client's address cannot give a connection back to the node, or the pod, that opened it: source and
 * target are one. AWS, "Troubleshoot your Network Load Balancer": hairpinning.
 */
function comesBack(front: Front, { targetsHealthy }: KnownEstimate): Statement | undefined {
  const toNodes = reachesNodes(orElse(front.targets.value, "instance"));
  if (!orElse(front.preservesClientAddress.value, toNodes)) return undefined;
  const { hideClientAddress } = balancerOf(front)?.instructions ?? GENERAL_INSTRUCTIONS;
  return sayDecide("inside-calls-return", {
    targets: Math.round(targetsHealthy?.mean ?? 0),
    caller: toNodes ? "node" : "pod",
    instruction: hideClientAddress(front),
  });
}

/** The firewall comes before every short circuit, so that it excludes the cluster's own clients too; k/k `usesFWChain`. */
function outsideRanges({ service, cluster }: Exposure): Statement | undefined {
  const ranges = service.loadBalancerSourceRanges;
  if (isUnknown(ranges) || ranges.length === 0) return undefined;
  for (const family of FAMILIES) {
    const enforced = enforcedRanges(ranges, family);
    const outside = ownAddresses(cluster.nodes).find(
      (address) => familyOf(address) === family && !mayEnter(enforced, address),
    );
    if (outside !== undefined) return sayDecide("inside-outside-source-ranges", { ranges, address: outside });
  }
  return undefined;
}

/** The nodes' own addresses, and the first of their pods'. */
function ownAddresses(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap(({ addresses = [], podCIDRs = [] }) => [
    ...addresses.filter(({ type }) => type === "InternalIP").map(({ address }) => address),
    ...podCIDRs.flatMap((range) => range.split("/")[0] ?? []),
  ]);
}

const FAMILIES: readonly IpFamily[] = ["IPv4", "IPv6"];

/** Documentation addresses (RFC 5737): whose they are does not matter once the ranges have been asked. */
const VIP = { ip: "203.0.113.10", ipMode: "VIP" } as const;
/** A node with an endpoint, and one that has none unless every node has one. */
const HOME = { name: "home", address: "192.0.2.1" };
const BARE = { name: "bare", address: "192.0.2.2" };
const CALLERS: readonly Source[] = [
  { kind: "pod", node: BARE.name, address: "198.51.100.201" },
  { kind: "pod", node: HOME.name, address: "198.51.100.101" },
  { kind: "hostNetwork", node: BARE.name },
  { kind: "hostNetwork", node: HOME.name },
];

/** Whether kube-proxy of some node drops or misleads what its own pods, or the node itself, send. */
function refused(
  exposure: Exposure,
  estimate: KnownEstimate,
  destination: Destination,
): Statement | undefined {
  const service = flowServiceOf(exposure);
  if (!service) return undefined;
  const everyNode = estimate.nodesServing.worst >= exposure.cluster.nodes.length;
  const endpoints: readonly Endpoint[] = [
    { addresses: ["198.51.100.1"], nodeName: HOME.name },
    ...(everyNode ? [{ addresses: ["198.51.100.2"], nodeName: BARE.name }] : []),
  ];
  for (const source of CALLERS) {
    const outcome = route({
      source,
      destination,
      service,
      endpoints,
      nodes: [HOME, BARE],
      network: { dataplane: exposure.cluster.dataplane, localDetector: "nodeCIDR" },
    });
    const lost = outcome.verdict === "deliver" ? outcome.to.some(({ answered }) => !answered) : true;
    if (!lost) continue;
    return sayDecide("inside-calls-fail", {
      caller: source.kind === "pod" ? "pod" : "process",
      onNodeWithEndpoint: "node" in source && source.node === HOME.name,
      toNodePort: destination.kind === "nodePort",
      outcome:
        outcome.verdict === "deliver" ? "unanswered" : outcome.verdict === "reject" ? "refused" : "dropped",
    });
  }
  return undefined;
}

function flowServiceOf({ service }: Exposure): FlowService | undefined {
  const [port] = service.ports;
  if (!port) return undefined;
  // The address exists in this question, whether or not the Service's status has it yet; the ranges have been asked.
  const asked = flowService(
    { ...service, ingress: [VIP], loadBalancerSourceRanges: [], sessionAffinity: "None" },
    port,
  );
  return isUnknown(asked) ? undefined : asked;
}
