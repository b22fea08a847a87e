import { balancerOf } from "../balancers/known";
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
import { clientAddress } from "./client-address";
import type { Estimate, EstimateOptions, Share } from "./estimate";
import { fixed } from "./figure";
import {
  groupFronts,
  hasClusterIP,
  isExternal,
  isReached,
  knownPorts,
  policyOf,
  type FrontGroup,
} from "./fronts";
import { observedFlow, type Flow } from "./observed-flow";
import { externalPlan, internalPlan, type PlanWithAssumptions } from "./plan";
import { describeCluster } from "./shapes";
import { reuseOf } from "./reuse";
import { timingOf } from "./timing";

/**
 * Today's shares, from the EndpointSlices and nodes of a live cluster: kube-proxy's own choice on every node, for every endpoint
 * with its conditions and hints. One estimate a front, side and list of endpoints; ports that share them all are told together.
 */
export function observe(exposure: Exposure, { connections }: EstimateOptions = {}): readonly Estimate[] {
  const { service } = exposure;
  const external = isReached(exposure)
    ? groupFronts(exposure).flatMap((group) => {
        const plan = externalPlan(exposure, group.front);
        return portsAlike(exposure, group).map((alike) =>
          side(exposure, "external", plan, alike, connections),
        );
      })
    : [];
  if (!hasClusterIP(service)) return external;
  const plan = internalPlan(exposure);
  const group = { front: undefined, ports: knownPorts(service) };
  return [
    ...external,
    ...portsAlike(exposure, group).map((alike) => side(exposure, "internal", plan, alike, connections)),
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
  { plan, assumptions }: PlanWithAssumptions,
  { front, ports, endpoints }: Observed,
  connections?: number,
): Estimate {
  const { service, cluster } = exposure;
  const { nodes } = cluster;
  const ofService = allEndpoints(exposure);
  const result = observedFlow(plan, { endpoints, ofService, nodes, traffic: trafficOf(service), path });
  const serving = endpoints.filter((_, index) => result.usable[index]);
  const fair = (1 - result.dropped) / Math.max(1, serving.length);
  const most = result.share.reduce((a, b) => Math.max(a, b), 0);
  const heat = serving.length > 0 && result.dropped < 1 ? most / fair : undefined;
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
    ...(heat === undefined ? {} : { hottest: fixed(heat), usableCapacity: fixed(1 / heat) }),
    nodesServing: fixed(new Set(serving.map(({ nodeName }) => nodeName)).size),
    ...(path === "external" ? { targetsHealthy: fixed(result.healthy), targets: fixed(result.targets) } : {}),
    dropped: fixed(result.dropped),
    crossNode: fixed(result.crossNode),
    crossZone: fixed(result.crossZone),
    clientAddress: path === "external" ? clientAddress(service, front) : { sees: "client", via: "peer" },
    ...(path === "external" ? timingOf(exposure, front, ports) : {}),
    ...(connections === undefined ? {} : reuse(connections, result)),
    shares: endpoints.flatMap((endpoint, index) =>
      result.usable[index] ? [shareOf(endpoint, result.share[index] ?? 0, nodes)] : [],
    ),
    assumptions,
  };
}

function reuse(connections: number, { share, usable }: Flow): Pick<Estimate, "reuse"> {
  const placed = share.flatMap((one, index) => (usable[index] ? [{ share: one, pods: 1 }] : []));
  const found = reuseOf(connections, [placed]);
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
