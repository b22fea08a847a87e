import { balancerOf, clientAddressOf } from "../balancers";
import {
  findingResource,
  isUnknown,
  orElse,
  zoneOf,
  type Endpoint,
  type Exposure,
  type Node,
  type Service,
  type ServicePort,
} from "../model";
import type { ServiceTraffic } from "../routing";
import { externalPath, internalPath, type DataPath, type PathAnswer } from "./data-path";
import type { Estimate, EstimateOptions, Share } from "./estimate";
import { fixed, weightedFigure, type Figure } from "./figure";
import {
  groupFronts,
  hasClusterIP,
  isExternal,
  isReached,
  knownPorts,
  policyOf,
  type FrontGroup,
} from "./fronts";
import { observedFlows, type ObservedFlow } from "./observed-flow";
import { reuseOf } from "./reuse";
import { describeCluster } from "./shapes";
import { deregistrationAssumed, timingOf } from "./timing";
import { servingNodes } from "./trial";
import { agreed, type SideFigures } from "./unknown-figures";

/**
 * Today's shares, from the EndpointSlices and nodes of a live cluster: kube-proxy's own choice on every node, for every endpoint
 * with its conditions and hints. One estimate a front, side and list of endpoints; ports that share them all are reported together.
 */
export function observe(exposure: Exposure, { connections }: EstimateOptions = {}): readonly Estimate[] {
  const { service } = exposure;
  const external = isReached(exposure)
    ? groupFronts(exposure).flatMap((group) => {
        const answer = externalPath(exposure, group.front);
        return portsAlike(exposure, group).map((alike) =>
          side(exposure, "external", answer, alike, connections),
        );
      })
    : [];
  if (!hasClusterIP(service)) return external;
  const answer = internalPath(exposure);
  const group = { front: undefined, ports: knownPorts(service) };
  return [
    ...external,
    ...portsAlike(exposure, group).map((alike) => side(exposure, "internal", answer, alike, connections)),
  ];
}

interface Observed extends FrontGroup {
  readonly endpoints: readonly Endpoint[];
}

/** The group, apart by what its ports lead to: slices differ where a named target port means another number, or pods lack it. */
function portsAlike({ service, endpoints = {} }: Exposure, group: FrontGroup): readonly Observed[] {
  const ofGroup = service.ports.filter(({ port }) => !isUnknown(port) && group.ports.includes(port));
  // A port that is not known yet may be any of them.
  const ports = ofGroup.length > 0 ? ofGroup : service.ports;
  const alike = new Map<string, { endpoints: readonly Endpoint[]; ports: ServicePort[] }>();
  for (const port of ports) {
    const own = endpoints[port.name] ?? [];
    const key = sameWhateverTheOrder(own);
    const before = alike.get(key);
    if (before) before.ports.push(port);
    else alike.set(key, { endpoints: own, ports: [port] });
  }
  const [only, ...others] = [...alike.values()];
  if (others.length === 0) return [{ ...group, endpoints: only?.endpoints ?? allEndpoints({ endpoints }) }];
  return [...alike.values()].map((one) => ({
    front: group.front,
    ports: knownPorts(one),
    endpoints: one.endpoints,
  }));
}

function sameWhateverTheOrder(endpoints: readonly Endpoint[]): string {
  return JSON.stringify(endpoints.map((endpoint) => JSON.stringify(endpoint)).sort());
}

function allEndpoints({ endpoints = {} }: Pick<Exposure, "endpoints">): readonly Endpoint[] {
  return Object.values(endpoints).flat();
}

function side(
  exposure: Exposure,
  path: Estimate["side"],
  { possible, assumptions, unknown }: PathAnswer,
  { front, ports, endpoints }: Observed,
  connections?: number,
): Estimate {
  const { service, cluster } = exposure;
  const { nodes } = cluster;
  const ofService = allEndpoints(exposure);
  const port = { endpoints, ofService, nodes, traffic: trafficOf(service), path };
  const ways = possible.map((one) => observedFlows(one, port));
  const figures = ways.map((flows, way) => figuresOf(flows, endpoints, nodes, possible[way]));
  const [first] = ways[0] ?? [];
  const serving = endpoints.filter((_, index) => first?.usable[index] ?? isReadyEndpoint(endpoints[index]));
  const serves = fixed(new Set(serving.map(({ nodeName }) => nodeName)).size);
  const { targets, targetsHealthy, ...known } = agreed(figures, serves);
  const isOutside = path === "external";
  return {
    service: findingResource(service.ref),
    side: path,
    balancer: (front && balancerOf(front)?.kind) ?? null,
    ports,
    policy: policyOf(service),
    basis: "observed",
    cluster: describeCluster(cluster),
    trials: 1,
    seed: 0,
    pods: serving.length,
    pending: fixed(0),
    ...known,
    ...(isOutside ? { targetsHealthy, targets } : {}),
    clientAddress: isOutside ? clientAddressOf(front, service) : { sees: "client", via: "peer" },
    ...(isOutside ? timingOf(exposure, front, ports) : {}),
    ...(connections === undefined || !first || ways.length > 1 ? {} : reuse(connections, ways[0] ?? [])),
    assumptions: [...assumptions, ...(isOutside ? deregistrationAssumed(front) : [])],
    unknown,
  };
}

function isReadyEndpoint(endpoint: Endpoint | undefined): boolean {
  return endpoint?.ready ?? true;
}

/** The figures over the draws of the load balancer; the likeliest draw is what is shown. */
function figuresOf(
  flows: readonly ObservedFlow[],
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
  path: DataPath | undefined,
): SideFigures {
  const over = (bad: "high" | "low", of: (flow: ObservedFlow) => number): Figure =>
    weightedFigure(
      flows.map((one) => ({ value: of(one), weight: one.probability })),
      bad,
    ) ?? fixed(0);
  const heats = flows.flatMap((flow) => {
    const value = heatOf(flow);
    return value === undefined ? [] : [{ value, weight: flow.probability }];
  });
  const hottest = weightedFigure(heats, "high");
  const usableCapacity = weightedFigure(
    heats.map(({ value, weight }) => ({ value: 1 / value, weight })),
    "low",
  );
  const shown = flows.reduce<ObservedFlow | undefined>(
    (best, flow) => (!best || flow.probability > best.probability ? flow : best),
    undefined,
  );
  const withPods = new Set(
    endpoints.flatMap(({ nodeName }, index) => (shown?.usable[index] ? [nodeName] : [])),
  );
  return {
    ...(hottest ? { hottest } : {}),
    ...(usableCapacity ? { usableCapacity } : {}),
    nodesServing: fixed(path ? servingNodes(path, withPods.size) : withPods.size),
    targets: over("low", (one) => one.targets),
    targetsHealthy: over("low", (one) => one.targetsHealthy),
    dropped: over("high", (one) => one.dropped),
    crossNode: over("high", (one) => one.crossNode),
    crossZone: over("high", (one) => one.crossZone),
    shares: endpoints.flatMap((endpoint, index) =>
      shown?.usable[index] ? [shareOf(endpoint, shown.share[index] ?? 0, nodes)] : [],
    ),
  };
}

function heatOf({ share, usable, dropped }: ObservedFlow): number | undefined {
  const serving = usable.filter(Boolean).length;
  if (serving === 0 || dropped >= 1) return undefined;
  const most = share.reduce((a, b) => Math.max(a, b), 0);
  return most / ((1 - dropped) / serving);
}

function reuse(connections: number, flows: readonly ObservedFlow[]): Pick<Estimate, "reuse"> {
  const placed = flows.map(({ share, usable }) =>
    share.flatMap((one, index) => (usable[index] ? [{ share: one, pods: 1 }] : [])),
  );
  const found = reuseOf(connections, placed);
  return found ? { reuse: found } : {};
}

function trafficOf(service: Service): ServiceTraffic {
  return {
    externalTrafficPolicy: orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster"),
    internalTrafficPolicy: orElse(service.internalTrafficPolicy, "Cluster"),
    externallyReachable: isExternal(service),
  };
}

function shareOf(endpoint: Endpoint, share: number, nodes: readonly Node[]): Share {
  const node = nodes.find(({ name }) => name === endpoint.nodeName);
  const where = endpoint.zone ?? (node && zoneOf(node));
  return {
    node: endpoint.nodeName ?? "(no node)",
    ...(where ? { zone: where } : {}),
    ...(endpoint.pod ? { pod: endpoint.pod } : {}),
    pods: 1,
    share,
  };
}
