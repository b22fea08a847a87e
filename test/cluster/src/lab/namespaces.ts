import { isAbandoned } from "./abandoned";
import {
  BALANCER,
  BALANCER_RANGES,
  CLIENTS,
  CONTROL_PLANE,
  type LabNode,
  type LabPod,
  NODES,
  POD_BRIDGE,
  PODS,
} from "./plan";
import { run } from "./process";

/** The namespaces of one lab: `prefix` and a name. Nothing links them to the machine's own. */
export interface Namespaces {
  of(name: string): string;
  remove(): Promise<void>;
}

const PREFIX = "evenkeel";
const MACHINES = [
  { name: "control", address: CONTROL_PLANE },
  { name: "clients", address: CLIENTS },
  { name: "balancer", address: BALANCER },
  ...NODES,
] as const;

/** A hub with a bridge; the control plane, the clients, the balancer and the nodes on it; the pods behind their nodes. */
export async function makeNamespaces(): Promise<Namespaces> {
  await removeAbandoned();
  const of = (name: string) => `${PREFIX}-${process.pid}-${name}`;
  const names = ["hub", ...MACHINES.map(({ name }) => name), ...PODS.map(({ name }) => name)].map(of);
  const remove = async () => {
    const present = new Set(await list());
    for (const name of names) if (present.has(name)) await run("ip", ["netns", "delete", name]);
  };
  try {
    for (const name of names) await run("ip", ["netns", "add", name]);
    for (const name of names) await settle(name);
    await ip(of("hub"), ["link add br0 type bridge", "link set br0 up"]);
    for (const machine of MACHINES) await plugIn(of("hub"), of(machine.name), machine.name, machine.address);
    for (const node of NODES) await routeNode(of(node.name), node);
    await routeClients(of("clients"));
    await routeBalancer(of("balancer"));
    for (const pod of PODS) await hangPod(of(pod.node.name), of(pod.name), pod);
  } catch (error) {
    await remove();
    throw error;
  }
  return { of, remove };
}

/** Labs of harnesses that were killed before they could clean up. */
async function removeAbandoned(): Promise<void> {
  for (const name of await list()) {
    if (isAbandoned(name, PREFIX)) await run("ip", ["netns", "delete", name]);
  }
}

async function list(): Promise<readonly string[]> {
  const out = await run("ip", ["netns", "list"]);
  return out.split("\n").flatMap((line) => line.split(" ")[0] || []);
}

/**
 * Before any interface is there, as interfaces take over the defaults: no check of the way back (answers may come another way), no
 * advice on shorter ways, and no limit on ICMP errors, or refusals would look like timeouts. Bridges only carry: what passes from
 * pod to pod is translated where the node routes it.
 */
async function settle(namespace: string): Promise<void> {
  const settings = {
    "net.ipv4.ip_forward": 1,
    "net.ipv4.conf.all.rp_filter": 0,
    "net.ipv4.conf.default.rp_filter": 0,
    "net.ipv4.conf.all.send_redirects": 0,
    "net.ipv4.conf.default.send_redirects": 0,
    "net.ipv4.icmp_ratelimit": 0,
    "net.ipv4.icmp_ratemask": 0,
    "net.bridge.bridge-nf-call-iptables": 0,
  };
  const words = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  await run("ip", ["netns", "exec", namespace, "sysctl", "-q", "-e", "-w", ...words]);
  await ip(namespace, ["link set lo up"]);
}

async function plugIn(hub: string, namespace: string, name: string, address: string): Promise<void> {
  await ip(hub, [
    `link add to-${name} type veth peer name eth0 netns ${namespace}`,
    `link set to-${name} master br0 up`,
  ]);
  await ip(namespace, [`address add ${address}/24 dev eth0`, "link set eth0 up"]);
}

async function routeNode(namespace: string, node: LabNode): Promise<void> {
  await ip(namespace, [
    `link add ${POD_BRIDGE} type bridge`,
    `address add ${node.podPrefix}.1/24 dev ${POD_BRIDGE}`,
    `link set ${POD_BRIDGE} up`,
    ...NODES.filter(({ name }) => name !== node.name).map(
      (other) => `route add ${other.podPrefix}.0/24 via ${other.address}`,
    ),
    `route add 203.0.113.0/24 via ${CLIENTS}`,
    `route add default via ${BALANCER}`,
  ]);
}

/** Each client's packets enter the cluster at its own node. */
async function routeClients(namespace: string): Promise<void> {
  await ip(
    namespace,
    NODES.flatMap(({ client, address }, index) => [
      `address add ${client}/32 dev lo`,
      `route add 192.0.2.0/24 dev eth0 table ${101 + index}`,
      `route add default via ${address} table ${101 + index}`,
      `rule add from ${client} lookup ${101 + index}`,
    ]),
  );
}

/** Owns its ranges whole, and answers by the node that a packet came through. */
async function routeBalancer(namespace: string): Promise<void> {
  await ip(namespace, [
    ...BALANCER_RANGES.map((range) => `route add local ${range} dev lo`),
    ...NODES.flatMap(({ client, address, podPrefix }) => [
      `route add ${client}/32 via ${address}`,
      `route add ${podPrefix}.0/24 via ${address}`,
    ]),
  ]);
}

/** Pods have no neighbours: every packet, also to a pod of the same node, passes the node as it does with a routed pod network. */
async function hangPod(node: string, namespace: string, { name, node: { podPrefix }, address }: LabPod) {
  await ip(node, [
    `link add ${name} type veth peer name eth0 netns ${namespace}`,
    `link set ${name} master ${POD_BRIDGE} up`,
    `link set ${name} type bridge_slave isolated on`,
  ]);
  await ip(namespace, [
    `address add ${address}/32 dev eth0`,
    "link set eth0 up",
    `route add default via ${podPrefix}.1 dev eth0 onlink`,
  ]);
}

async function ip(namespace: string, lines: readonly string[]): Promise<void> {
  await run("ip", ["-n", namespace, "-batch", "-"], `${lines.join("\n")}\n`);
}
