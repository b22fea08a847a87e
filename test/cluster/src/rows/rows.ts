import {
  type Destination,
  type Flow,
  type Network,
  route,
  type Route,
  type Source,
} from "@evenkeel/core/routing";
import { HOSTNAMES, NODES, PODS, podNamed, SERVICE_PORT } from "../lab/plan";
import type { StoredCluster, StoredService } from "./cluster";

/** Somebody who opens connections: in which namespace, and from which address if not the kernel's choice. */
interface Caller {
  readonly name: string;
  readonly probe: string;
  readonly from?: string;
  readonly source: Source;
}

/** One row of the flow table: who calls what of which Service, and what core says happens. */
export interface Row {
  readonly service: string;
  readonly caller: Caller;
  /** `node port of c`, `VIP`. */
  readonly called: string;
  /** Address and port that are dialled. */
  readonly to: string;
  readonly flow: Flow;
  readonly route: Route;
}

interface Called {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly destination: Destination;
}

const POD_CALLERS = PODS.filter(({ name }) => name.startsWith("caller-")).map(({ name }) => name);

function podCaller(name: string): Caller {
  const { address, node } = podNamed(name);
  return { name, probe: name, source: { kind: "pod", node: node.name, address } };
}

const HOSTS: readonly Caller[] = NODES.map(({ name }) => ({
  name: `node ${name}`,
  probe: name,
  source: { kind: "hostNetwork", node: name },
}));

const CLIENTS: readonly Caller[] = NODES.map(({ name, client }) => ({
  name: `client at ${name}`,
  probe: "clients",
  from: client,
  source: { kind: "external", address: client, enters: name },
}));

const CALLERS: readonly Caller[] = [...POD_CALLERS.map(podCaller), ...HOSTS, ...CLIENTS];

/** Every row of one Service: all callers, all ways in. */
export function rowsOf(name: string, cluster: StoredCluster, network: Network): readonly Row[] {
  const stored = cluster.services.get(name);
  if (!stored) throw new RangeError(`Service ${name}; the API server has none of that name`);
  return [
    ...calledOf(stored).flatMap((called) =>
      callersOf(called).map((caller) => rowOf(name, stored, cluster, network, caller, called)),
    ),
    ...loopbackRows(name, stored, cluster, network),
  ];
}

/** A client from outside is routed to its own node: another node's port is another client's row. */
function callersOf({ destination }: Called): readonly Caller[] {
  return CALLERS.filter(
    ({ source }) =>
      source.kind !== "external" || destination.kind !== "nodePort" || source.enters === destination.node,
  );
}

function loopbackRows(name: string, stored: StoredService, cluster: StoredCluster, network: Network) {
  const { nodePort } = stored;
  if (nodePort === undefined) return [];
  return NODES.map((node) =>
    rowOf(
      name,
      stored,
      cluster,
      network,
      { name: `127.0.0.1 of ${node.name}`, probe: node.name, source: { kind: "localhost", node: node.name } },
      {
        name: `node port of ${node.name}`,
        address: "127.0.0.1",
        port: nodePort,
        destination: { kind: "nodePort", node: node.name },
      },
    ),
  );
}

function calledOf({ service, clusterIP, nodePort }: StoredService): readonly Called[] {
  const called: Called[] = [
    { name: "cluster IP", address: clusterIP, port: SERVICE_PORT, destination: { kind: "clusterIP" } },
  ];
  if (nodePort !== undefined)
    for (const { name, address } of NODES)
      called.push({
        name: `node port of ${name}`,
        address,
        port: nodePort,
        destination: { kind: "nodePort", node: name },
      });
  for (const ingress of service.ingress) {
    const address = ingress.ip ?? HOSTNAMES[ingress.hostname ?? ""];
    if (address === undefined)
      throw new RangeError(`host name ${ingress.hostname}: nobody in the lab resolves it`);
    const name =
      ingress.ip === undefined ? "host name" : ingress.ipMode === "Proxy" ? "Proxy address" : "VIP";
    called.push({ name, address, port: SERVICE_PORT, destination: { kind: "loadBalancer", ingress } });
  }
  if (Array.isArray(service.externalIPs))
    for (const address of service.externalIPs)
      called.push({
        name: "external IP",
        address,
        port: SERVICE_PORT,
        destination: { kind: "externalIP", address },
      });
  return called;
}

function rowOf(
  service: string,
  stored: StoredService,
  { flowNodes }: StoredCluster,
  network: Network,
  caller: Caller,
  called: Called,
): Row {
  const flow: Flow = {
    source: caller.source,
    destination: called.destination,
    service: stored.flow,
    endpoints: stored.endpoints,
    nodes: flowNodes,
    network,
  };
  return {
    service,
    caller,
    called: called.name,
    to: `${called.address}:${called.port}`,
    flow,
    route: route(flow),
  };
}
