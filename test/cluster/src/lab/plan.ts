/**
 * Who is in the lab and at which address. All addresses are of the ranges set aside for documentation and benchmarks (RFC 5737,
 * RFC 2544), and exist in the lab's namespaces alone.
 */

export interface LabNode {
  readonly name: string;
  readonly zone: string;
  readonly address: string;
  /** `198.18.1` of 198.18.1.0/24; the node's own address in it ends in 1. */
  readonly podPrefix: string;
  /** A client outside the cluster whose packets enter the cluster at this node. */
  readonly client: string;
}

export interface LabPod {
  readonly name: string;
  readonly node: LabNode;
  readonly address: string;
}

function node(name: string, number: number, zone: string): LabNode {
  return {
    name,
    zone,
    address: `192.0.2.${number}`,
    podPrefix: `198.18.${number}`,
    client: `203.0.113.${number}`,
  };
}

/** Two zones: a and b lie together. */
export const NODES: readonly LabNode[] = [node("a", 1, "z1"), node("b", 2, "z1"), node("c", 3, "z2")];

export function nodeNamed(name: string): LabNode {
  const found = NODES.find((one) => one.name === name);
  if (!found) throw new RangeError(`node ${name}; the lab has ${NODES.map((one) => one.name).join(", ")}`);
  return found;
}

function pod(name: string, nodeName: string, last: number): LabPod {
  const home = nodeNamed(nodeName);
  return { name, node: home, address: `${home.podPrefix}.${last}` };
}

/** Every pod can answer and can call; callers are kept out of the endpoints where a pod without one is wanted. */
export const PODS: readonly LabPod[] = [
  pod("caller-a", "a", 9),
  pod("caller-b", "b", 9),
  pod("caller-c", "c", 9),
  pod("web-a1", "a", 11),
  pod("web-c1", "c", 11),
  pod("web-c2", "c", 12),
];

export function podNamed(name: string): LabPod {
  const found = PODS.find((one) => one.name === name);
  if (!found) throw new RangeError(`pod ${name}; the lab has ${PODS.map((one) => one.name).join(", ")}`);
  return found;
}

export const CONTROL_PLANE = "192.0.2.10";
/** Where the clients outside live; the addresses they talk from are those of the nodes' `client`. */
export const CLIENTS = "192.0.2.200";
/** The load balancer itself: owns every address that kube-proxy leaves alone, and is the way out for everything else. */
export const BALANCER = "192.0.2.210";

export const POD_RANGE = "198.18.0.0/16";
export const SERVICE_RANGE = "198.19.0.0/17";
/** Ranges of which every address belongs to the load balancer. */
export const BALANCER_RANGES = ["198.51.100.0/24", "198.19.128.0/17"] as const;

/** Addresses of one Service, by its number from 1 to 250. */
export function serviceAddresses(number: number) {
  return {
    vip: `198.51.100.${number}`,
    proxied: `198.19.128.${number}`,
    external: `198.19.129.${number}`,
    nodePort: 30000 + number,
    healthCheckNodePort: 31000 + number,
  };
}

/** The load balancers' names, as resolvers outside would answer. */
export const HOSTNAMES: Readonly<Record<string, string>> = { "balancer.example.com": "198.19.130.1" };

/** Port of every Service, and of the pods behind them. */
export const SERVICE_PORT = 80;
export const POD_PORT = 8080;

/** The interface that the pods of a node hang on. */
export const POD_BRIDGE = "cbr0";

/** `node a` for any of a node's addresses, `caller-a` for a pod's, otherwise the address. */
export function inhabitant(address: string): string {
  const home = NODES.find((one) => address === one.address || address === `${one.podPrefix}.1`);
  return home ? `node ${home.name}` : (PODS.find((one) => one.address === address)?.name ?? address);
}
