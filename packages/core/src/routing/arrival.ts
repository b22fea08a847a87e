import { familyOf } from "../api/ip/ip";
import type { Flow, FlowNode, Network, Source } from "./flow";

/** A connection as the kube-proxy that decides about it sees it arrive. */
export interface Arrival {
  readonly at: FlowNode;
  /** `elsewhere`: from outside the node, be it a client, another node or another node's pod. */
  readonly origin: "pod" | "hostNetwork" | "localhost" | "elsewhere";
  readonly address: string;
  /** kube-proxy takes the source for a pod of this node. */
  readonly detectedLocal: boolean;
}

/**
 * Where a connection meets its first deciding kube-proxy: on the node it starts on, except towards another node's port,
 * which the source's node passes on as any other packet. Throws a `RangeError` for a node that is not in `nodes`.
 * Source: k/k pkg/proxy/util/localdetector.go.
 */
export function arrivalOf(flow: Flow): Arrival {
  const { source, destination, nodes, network } = flow;
  const own = nodeNamed(nodes, source.kind === "external" ? source.enters : source.node, "source");
  const at = destination.kind === "nodePort" ? nodeNamed(nodes, destination.node, "destination") : own;
  if (source.kind === "external")
    return { at, origin: "elsewhere", address: source.address, detectedLocal: false };
  if (at.name !== own.name) return fromOtherNode(source, own, at, network);
  if (source.kind !== "pod")
    return { at, origin: source.kind, address: hostAddress(flow, own), detectedLocal: false };
  return { at, origin: "pod", address: source.address, detectedLocal: network.localDetector !== "none" };
}

/** The node's address, or the loopback address on the way to one of its own ports. */
function hostAddress({ source, destination }: Flow, { address }: FlowNode): string {
  if (source.kind !== "localhost" || destination.kind !== "nodePort") return address;
  return familyOf(address) === "IPv6" ? "::1" : "127.0.0.1";
}

/** Only a cluster-wide range takes another node's pod for a local one, and only if the pod network has not hidden it. */
function fromOtherNode(source: Source, own: FlowNode, at: FlowNode, network: Network): Arrival {
  const shown = source.kind === "pod" && !network.hidesPodsFromNodes;
  return {
    at,
    origin: "elsewhere",
    address: shown ? source.address : own.address,
    detectedLocal: shown && network.localDetector === "clusterCIDR",
  };
}

function nodeNamed(nodes: readonly FlowNode[], name: string, path: string): FlowNode {
  const found = nodes.find((node) => node.name === name);
  if (found) return found;
  const known = nodes.map((node) => node.name).join(", ") || "none";
  throw new RangeError(`${path}.node: ${name}; wanted one of the nodes of the flow: ${known}`);
}
