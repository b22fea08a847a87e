import { zoneOf, type Endpoint, type Node } from "../model";
import type { ServiceTraffic } from "../routing/categorize";
import { isReady, isServingTerminating } from "../routing/conditions";
import { endpointsFor, isRefusal, type Spread, type TrafficPath } from "../routing/endpoints-for";
import { nodeView } from "../routing/service-traffic";
import type { DataPath, NodePath, PodPath } from "./data-path";

/** What the endpoints of one port list receive as they are now, in one draw of the load balancer. */
export interface ObservedFlow {
  readonly probability: number;
  /** Fraction of new connections by endpoint. */
  readonly share: readonly number[];
  /** Endpoints that can receive anything at all. */
  readonly usable: readonly boolean[];
  readonly dropped: number;
  readonly crossNode: number;
  readonly crossZone: number;
  readonly targetsHealthy: number;
  readonly targets: number;
}

/** One port's endpoints, and what decides about them. */
export interface ObservedPort {
  readonly endpoints: readonly Endpoint[];
  /** Of all ports of the Service: what the health-check node port counts. */
  readonly ofService: readonly Endpoint[];
  readonly nodes: readonly Node[];
  readonly traffic: ServiceTraffic;
  readonly path: TrafficPath;
}

/** kube-proxy's own choice on every node that is entered, or the load balancer's over the pods. */
export function observedFlows(path: DataPath, port: ObservedPort): readonly ObservedFlow[] {
  return path.enters === "pods" ? overPods(path, port) : throughNodes(path, port);
}

function overPods(
  { weighPods, passes, failsOpen }: PodPath,
  { endpoints }: ObservedPort,
): readonly ObservedFlow[] {
  const ready = endpoints.map(isReady);
  const targets = endpoints.flatMap((_, index) => (ready[index] ? [index] : []));
  const isHealthy = passes !== "nowhere";
  const entered = isHealthy || failsOpen ? targets : [];
  const weigh = weighPods(
    endpoints.map(({ addresses: [address], zone, nodeName }) => ({
      ...(address === undefined ? {} : { address }),
      ...(zone === undefined ? {} : { zone }),
      ...(nodeName === undefined ? {} : { node: nodeName }),
    })),
  );
  const one = endpoints.map(() => 1);
  return weigh(entered, one).map(({ probability, fractions }) => ({
    probability,
    share: fractions,
    usable: ready,
    dropped: entered.length === 0 ? 1 : 0,
    crossNode: 0,
    crossZone: 0,
    targetsHealthy: isHealthy ? targets.length : 0,
    targets: targets.length,
  }));
}

function throughNodes(path: NodePath, port: ObservedPort): readonly ObservedFlow[] {
  const { endpoints, nodes, traffic } = port;
  const usable = usableEndpoints(endpoints);
  const setAt = new Map(
    path.registered.map((index): [number, Spread] => {
      const node = nodes[index];
      return [index, node ? endpointsFor(traffic, port.path, nodeView(node), endpoints) : "drop"];
    }),
  );
  const onNode = podsOnNodes(path, port);
  const targets = path.onlyWithEndpoint
    ? path.registered.filter((index) => (onNode[index] ?? 0) > 0)
    : path.registered;
  const healthy = targets.filter(passesAt(path, port, setAt, usable));
  const entered = healthy.length > 0 || !path.failsOpen ? healthy : targets;
  const counts = { usable, targetsHealthy: healthy.length, targets: targets.length };
  if (entered.length === 0)
    return [
      { probability: 1, share: endpoints.map(() => 0), dropped: 1, crossNode: 0, crossZone: 0, ...counts },
    ];
  return path.weigh(entered, onNode).map(({ probability, fractions }) => ({
    probability,
    ...counts,
    ...shared(fractions, entered, setAt, port),
  }));
}

/** Ready endpoints; where there is none, those that terminate and still serve. */
function usableEndpoints(endpoints: readonly Endpoint[]): readonly boolean[] {
  const ready = endpoints.map(isReady);
  const someReady = ready.some(Boolean);
  return endpoints.map((endpoint, index) => ready[index] || (!someReady && isServingTerminating(endpoint)));
}

function podsOnNodes({ onlyWithEndpoint }: NodePath, { ofService, nodes }: ObservedPort): readonly number[] {
  const counts =
    onlyWithEndpoint === "serving"
      ? (endpoint: Endpoint) => isReady(endpoint) || isServingTerminating(endpoint)
      : isReady;
  const names = ofService.filter(counts).map(({ nodeName }) => nodeName);
  return nodes.map(({ name }) => names.filter((one) => one === name).length);
}

function passesAt(
  { passes }: NodePath,
  { ofService, nodes }: ObservedPort,
  setAt: ReadonlyMap<number, Spread>,
  usable: readonly boolean[],
): (index: number) => boolean {
  const served = usable.some(Boolean);
  // Nodes on which kube-proxy's `LocalReadyEndpoints` counts at least one.
  const hasReady = new Set(ofService.filter(isReady).map(({ nodeName }) => nodeName));
  switch (passes) {
    case "nowhere":
      return () => false;
    case "everywhere":
      return () => true;
    case "whileServed":
      return () => served;
    case "servedHere":
      return (index) => !isRefusal(setAt.get(index) ?? "drop");
    case "readyHere":
      return (index) => hasReady.has(nodes[index]?.name);
  }
}

function shared(
  fractions: readonly number[],
  entered: readonly number[],
  setAt: ReadonlyMap<number, Spread>,
  { endpoints, nodes }: ObservedPort,
): Pick<ObservedFlow, "share" | "dropped" | "crossNode" | "crossZone"> {
  const position = new Map(endpoints.map((endpoint, index) => [endpoint, index]));
  const share = new Array<number>(endpoints.length).fill(0);
  let [dropped, crossNode, crossZone] = [0, 0, 0];
  for (const index of entered) {
    const node = nodes[index];
    const fraction = fractions[index] ?? 0;
    const set = setAt.get(index) ?? "drop";
    if (!node || isRefusal(set)) {
      dropped += fraction;
      continue;
    }
    for (const endpoint of set) {
      const part = fraction / set.length;
      const at = position.get(endpoint) ?? -1;
      share[at] = (share[at] ?? 0) + part;
      if (endpoint.nodeName !== node.name) crossNode += part;
      if (zoneOf(node) !== undefined && endpoint.zone !== undefined && endpoint.zone !== zoneOf(node))
        crossZone += part;
    }
  }
  return { share, dropped, crossNode, crossZone };
}
