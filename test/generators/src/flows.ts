import type { Endpoint, Service } from "@evenkeel/core";
import type { Destination, FlowNode, LocalDetector, Network, Source } from "@evenkeel/core/routing";
import fc from "fast-check";
import { endpointLists } from "./endpoints";
import { storedService } from "./services";

/** Three nodes, each with a zone and a pod range of its own: node `a` has `192.0.2.1` and `10.244.1.0/24`. */
export const FLOW_NODES: readonly FlowNode[] = [
  { name: "a", zone: "za", address: "192.0.2.1" },
  { name: "b", zone: "zb", address: "192.0.2.2" },
  { name: "c", zone: "zc", address: "192.0.2.3" },
];
const NAMES = FLOW_NODES.map(({ name }) => name);

/** Third number of the pod range of a node; 9 for endpoints that are on none. */
export function podRangeOf(node: string | undefined): number {
  return node === undefined ? 9 : NAMES.indexOf(node) + 1;
}

export const CLUSTER_CIDR = "10.244.0.0/16";
export function podCidrOf(node: string): string {
  return `10.244.${podRangeOf(node)}.0/24`;
}

export interface GeneratedFlow {
  readonly source: Source;
  readonly destination: Destination;
  readonly service: Service;
  readonly endpoints: readonly Endpoint[];
  readonly nodes: readonly FlowNode[];
  readonly network: Network;
}

const node = fc.constantFrom(...NAMES);

/** Endpoints with addresses from the pod range of their node. */
const endpoints: fc.Arbitrary<readonly Endpoint[]> = endpointLists("IPv4", {
  nodes: NAMES,
  zones: ["za", "zb", "zc"],
}).map((list) =>
  list.map((endpoint, index) => ({
    ...endpoint,
    addresses: [`10.244.${podRangeOf(endpoint.nodeName)}.${10 + index}`],
  })),
);

/** A pod of the node: one that is no endpoint, or one that is, so that it may reach itself. */
function podOn(name: string, list: readonly Endpoint[]): fc.Arbitrary<string> {
  const own = list.filter(({ nodeName }) => nodeName === name).flatMap(({ addresses }) => addresses);
  const other = fc.constant(`10.244.${podRangeOf(name)}.200`);
  return own.length === 0 ? other : fc.oneof(other, { weight: 2, arbitrary: fc.constantFrom(...own) });
}

function sources(list: readonly Endpoint[]): fc.Arbitrary<Source> {
  return fc.oneof(
    node.chain((name) => podOn(name, list).map((address): Source => ({ kind: "pod", node: name, address }))),
    node.map((name): Source => ({ kind: "hostNetwork", node: name })),
    node.map((name): Source => ({ kind: "localhost", node: name })),
    fc
      .record({ enters: node, address: fc.constantFrom("203.0.113.9", "203.0.113.200", "198.18.0.1") })
      .map((made): Source => ({ kind: "external", ...made })),
  );
}

/** The destinations that this Service has. */
function destinations(service: Service): fc.Arbitrary<Destination> {
  const external = Array.isArray(service.externalIPs)
    ? service.externalIPs.filter((ip) => !ip.includes(":"))
    : [];
  const ingress = service.ingress.filter(({ ip }) => ip !== undefined && !ip.includes(":"));
  const kinds: fc.Arbitrary<Destination>[] = [
    fc.constant<Destination>({ kind: "clusterIP" }),
    ...external.map((address) => fc.constant<Destination>({ kind: "externalIP", address })),
    // Most of what can happen happens to these.
    ...[...ingress, ...ingress, ...ingress].map((entry) =>
      fc.constant<Destination>({ kind: "loadBalancer", ingress: entry }),
    ),
  ];
  if (service.ports[0]?.nodePort !== undefined)
    kinds.push(node.map((name): Destination => ({ kind: "nodePort", node: name })));
  return fc.oneof(...kinds);
}

const networks: fc.Arbitrary<Network> = fc.record({
  dataplane: fc.constantFrom("iptables" as const, "nftables" as const),
  // Detection by cluster CIDR is the one that takes another node's pods for local.
  localDetector: fc.constantFrom<LocalDetector>(
    "clusterCIDR",
    "clusterCIDR",
    "clusterCIDR",
    "nodeCIDR",
    "bridgeInterface",
    "interfaceNamePrefix",
    "none",
  ),
  masqueradeAll: fc.boolean(),
  localhostNodePorts: fc.boolean(),
  hidesPodsFromNodes: fc.constantFrom(false, false, true),
});

/** Ranges that hold some of the sources: clients, pods of a node or of all, nodes; padded, of the other family, or open. */
const sourceRanges = fc.oneof(
  fc.constant([]),
  fc.subarray(
    [
      "203.0.113.0/25",
      " 198.18.0.0/15 ",
      "10.244.1.0/24",
      "10.244.0.0/16",
      "192.0.2.0/30",
      "192.0.2.3/32",
      "2001:db8::/32",
    ],
    { maxLength: 3 },
  ),
  fc.constant(["203.0.113.0/25", "0.0.0.0/0"]),
);

/** Services of which more than by chance are load balancers with an address, since most of the table is about those. */
const services: fc.Arbitrary<Service> = fc
  .record({ service: storedService, loadBalancerSourceRanges: sourceRanges, sticky: fc.boolean() })
  .map(({ service, loadBalancerSourceRanges, sticky }): Service => {
    const balanced = service.type === "LoadBalancer";
    const ingress = balanced && service.ingress.length === 0 ? [{ ip: "198.51.100.7" }] : service.ingress;
    return {
      ...service,
      ingress,
      // One that listened would have to be kept off the machine's ports.
      healthCheckNodePort: undefined,
      loadBalancerSourceRanges: balanced ? loadBalancerSourceRanges : [],
      sessionAffinity: sticky ? "ClientIP" : "None",
    };
  });

/** New connections to a Service, from everywhere to everything it has. */
export const flows: fc.Arbitrary<GeneratedFlow> = fc
  .record({ service: services, endpoints, network: networks })
  .chain(({ service, endpoints: list, network }) =>
    fc.record({
      source: sources(list),
      destination: destinations(service),
      service: fc.constant(service),
      endpoints: fc.constant(list),
      nodes: fc.constant(FLOW_NODES),
      network: fc.constant(network),
    }),
  );
