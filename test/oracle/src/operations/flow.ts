import { isUnknown } from "@evenkeel/core";
import {
  type Destination,
  type FlowNode,
  flowService,
  type Network,
  route,
  type Source,
} from "@evenkeel/core/routing";
import { CLUSTER_CIDR, type GeneratedFlow, flows, podCidrOf } from "@evenkeel/test-generators";
import { operation } from "../operation";

/** What the oracle is asked: one kube-proxy, and the packet as it reaches that node. */
interface Input {
  readonly flow: GeneratedFlow;
  readonly proxy: {
    readonly mode: string;
    readonly node: string;
    readonly address: string;
    readonly zone: string;
    readonly detector: string;
    readonly detectorArgument: string;
    readonly masqueradeAll: boolean;
    readonly localhostNodePorts: boolean;
  };
  readonly packet: {
    readonly source: string;
    readonly interface: string;
    readonly destination: string;
    readonly port: number;
  };
}

/** New connections through the rules that kube-proxy writes. Upstream: pkg/proxy/iptables and pkg/proxy/nftables proxier.go. */
export const flow = operation<Input>({
  name: "flow",
  inputs: flows.map(askedOf),
  ours: ({ flow: asked }) => {
    const [port] = asked.service.ports;
    const service = port && flowService(asked.service, port);
    if (!service || isUnknown(service)) throw new Error("generated Services are known and have a port");
    const outcome = route({ ...asked, service });
    if (outcome.verdict !== "deliver") return { verdict: outcome.verdict };
    const to = outcome.to.map(({ endpoint, masqueraded }) => ({
      endpoint: endpoint.addresses[0] ?? "",
      masqueraded,
    }));
    return { verdict: outcome.verdict, to: to.sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1)) };
  },
});

/**
 * The packet on its way, worked out apart from core: another node's port is reached over the wire, from the pod's address or,
 * where the pod network hides pods, from their node's.
 */
function askedOf(flow: GeneratedFlow): Input {
  const { source, destination, network, service } = flow;
  const home = source.kind === "external" ? source.enters : source.node;
  const at = named(flow.nodes, destination.kind === "nodePort" ? destination.node : home);
  const away = at.name !== home;
  const fromHost = source.kind === "hostNetwork" || source.kind === "localhost";
  const overLoopback = source.kind === "localhost" && destination.kind === "nodePort" && !away;
  return {
    flow,
    proxy: proxyOn(at, network),
    packet: {
      source: overLoopback
        ? "127.0.0.1"
        : addressOf(source, named(flow.nodes, home), away && network.hidesPodsFromNodes === true),
      interface: fromHost && !away ? "" : source.kind === "pod" && !away ? "cni0" : "eth0",
      destination: overLoopback ? "127.0.0.1" : addressed(destination, at),
      port:
        destination.kind === "nodePort" ? Number(service.ports[0]?.nodePort) : Number(service.ports[0]?.port),
    },
  };
}

function addressOf(source: Source, home: FlowNode, hidden: boolean): string {
  if (source.kind === "external") return source.address;
  return source.kind === "pod" && !hidden ? source.address : home.address;
}

function addressed(destination: Destination, at: FlowNode): string {
  switch (destination.kind) {
    case "clusterIP":
      return "10.96.0.10";
    case "nodePort":
      return at.address;
    case "loadBalancer":
      return destination.ingress.ip ?? "";
    case "externalIP":
      return destination.address;
  }
}

function proxyOn({ name, address, zone = "" }: FlowNode, network: Network): Input["proxy"] {
  return {
    mode: network.dataplane,
    node: name,
    address,
    zone,
    ...detectorOn(name, network),
    masqueradeAll: network.masqueradeAll === true,
    localhostNodePorts: network.localhostNodePorts !== false,
  };
}

function detectorOn(
  node: string,
  { localDetector }: Network,
): { detector: string; detectorArgument: string } {
  switch (localDetector) {
    case "clusterCIDR":
      return { detector: "cidr", detectorArgument: CLUSTER_CIDR };
    case "nodeCIDR":
      return { detector: "cidr", detectorArgument: podCidrOf(node) };
    case "bridgeInterface":
      return { detector: "bridgeInterface", detectorArgument: "cni0" };
    case "interfaceNamePrefix":
      return { detector: "interfaceNamePrefix", detectorArgument: "cni" };
    case "none":
      return { detector: "none", detectorArgument: "" };
  }
}

function named(nodes: readonly FlowNode[], name: string): FlowNode {
  const found = nodes.find((node) => node.name === name);
  if (!found) throw new Error(`generated flows know their nodes; ${name} is none of them`);
  return found;
}
