import { balancerOf } from "../balancers";
import {
  findingResource,
  isUnknown,
  orElse,
  zoneOf,
  type Endpoint,
  type Exposure,
  type Node,
  type Service,
} from "../model";
import { endpointsFor, type ServiceTraffic } from "../routing";
import { clientAddress } from "./client-address";
import type { Estimate, Share } from "./estimate";
import { fixed } from "./figure";
import { externalPlan, internalPlan, type NodePlan, type Plan, type PlanWithAssumptions } from "./plan";
import { groupFronts, isExternal, policyOf, type FrontGroup } from "./predict";
import { describeCluster } from "./shapes";
import { detectionSeconds, servesWhileTerminating } from "./timing";

/**
 * Today's shares, from the EndpointSlices and nodes of a live cluster: kube-proxy's own choice on every node, for every endpoint
 * with its conditions and hints. One estimate a front and side; ports that share endpoints are told together.
 */
export function observe(exposure: Exposure): readonly Estimate[] {
  const endpoints = Object.values(exposure.endpoints ?? {}).find((some) => some.length > 0) ?? [];
  const external = isExternal(exposure.service)
    ? groupFronts(exposure).map((group) =>
        side(exposure, endpoints, "external", externalPlan(exposure, group.front), group),
      )
    : [];
  if (exposure.service.headless || exposure.service.type === "ExternalName") return external;
  const ports = exposure.service.ports.flatMap(({ port }) => (isUnknown(port) ? [] : [port]));
  return [
    ...external,
    side(exposure, endpoints, "internal", internalPlan(exposure), { front: undefined, ports }),
  ];
}

function side(
  exposure: Exposure,
  endpoints: readonly Endpoint[],
  which: Estimate["side"],
  { plan, assumptions }: PlanWithAssumptions,
  { front, ports }: FrontGroup,
): Estimate {
  const { service, cluster, workloads } = exposure;
  const result = flow(plan, endpoints, cluster.nodes, trafficOf(service), which);
  const serving = endpoints.filter((_, index) => result.usable[index]);
  const fair = (1 - result.dropped) / Math.max(1, serving.length);
  const heat = serving.length > 0 && result.dropped < 1 ? Math.max(...result.share) / fair : undefined;
  const detection = which === "external" ? detectionSeconds(service, front) : undefined;
  const serves = Math.min(...workloads.map(servesWhileTerminating));
  return {
    service: findingResource(service.ref),
    side: which,
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
    ...(which === "external"
      ? { targetsHealthy: fixed(result.healthy), targets: fixed(result.targets) }
      : {}),
    dropped: fixed(result.dropped),
    crossNode: fixed(result.crossNode),
    crossZone: fixed(result.crossZone),
    clientAddress: which === "external" ? clientAddress(service, front) : { sees: "client", via: "peer" },
    ...(detection === undefined
      ? {}
      : {
          detectionSeconds: detection,
          lossSeconds: Math.max(0, detection - (Number.isFinite(serves) ? serves : 0)),
        }),
    shares: endpoints.flatMap((endpoint, index) =>
      result.usable[index] ? [shareOf(endpoint, result.share[index] ?? 0, cluster.nodes)] : [],
    ),
    assumptions,
  };
}

interface Flow {
  /** Fraction of new connections by endpoint. */
  readonly share: readonly number[];
  /** Endpoints that can receive anything at all. */
  readonly usable: readonly boolean[];
  readonly dropped: number;
  readonly crossNode: number;
  readonly crossZone: number;
  readonly healthy: number;
  readonly targets: number;
}

const isReady = ({ ready = true }: Endpoint): boolean => ready;

function flow(
  plan: Plan,
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
  traffic: ServiceTraffic,
  which: Estimate["side"],
): Flow {
  const ready = endpoints.map(isReady);
  const someReady = ready.some(Boolean);
  const usable = endpoints.map(
    (endpoint, index) =>
      ready[index] || (!someReady && (endpoint.serving ?? true) && (endpoint.terminating ?? false)),
  );
  if (plan.enters === "pods") {
    const targets = endpoints.flatMap((_, index) => (ready[index] ? [index] : []));
    const weights = plan.weights(targets.map((index) => endpoints[index]?.zone));
    const share = new Array<number>(endpoints.length).fill(0);
    targets.forEach((index, order) => (share[index] = weights[order] ?? 0));
    const dropped = targets.length === 0 ? 1 : 0;
    return {
      share,
      usable: ready,
      dropped,
      crossNode: 0,
      crossZone: 0,
      healthy: targets.length,
      targets: targets.length,
    };
  }
  return throughNodes(plan, endpoints, usable, nodes, traffic, which);
}

function throughNodes(
  plan: NodePlan,
  endpoints: readonly Endpoint[],
  usable: readonly boolean[],
  nodes: readonly Node[],
  traffic: ServiceTraffic,
  which: Estimate["side"],
): Flow {
  const position = new Map(endpoints.map((endpoint, index) => [endpoint, index]));
  const hasReady = new Set(endpoints.filter(isReady).map(({ nodeName }) => nodeName));
  const healthy =
    plan.passing === "none" || (plan.passing === "all" && !usable.some(Boolean))
      ? []
      : plan.registered.filter((node) => plan.passing === "all" || hasReady.has(nodes[node]?.name));
  const entered = healthy.length > 0 || !plan.failsOpen ? healthy : plan.registered;
  const weights = plan.weights(entered.map((index) => zone(nodes, index)));
  const share = new Array<number>(endpoints.length).fill(0);
  let dropped = entered.length === 0 ? 1 : 0;
  let crossNode = 0;
  let crossZone = 0;
  entered.forEach((index, order) => {
    const node = nodes[index];
    const weight = weights[order] ?? 0;
    if (!node) return;
    const set = endpointsFor(traffic, which, { name: node.name, zone: zoneOf(node) }, endpoints);
    if (typeof set === "string") {
      dropped += weight;
      return;
    }
    for (const endpoint of set) {
      const part = weight / set.length;
      const at = position.get(endpoint) ?? -1;
      share[at] = (share[at] ?? 0) + part;
      if (endpoint.nodeName !== node.name) crossNode += part;
      if (zoneOf(node) !== undefined && endpoint.zone !== undefined && endpoint.zone !== zoneOf(node))
        crossZone += part;
    }
  });
  return {
    share,
    usable,
    dropped,
    crossNode,
    crossZone,
    healthy: healthy.length,
    targets: plan.registered.length,
  };
}

function trafficOf(service: Service): ServiceTraffic {
  return {
    externalTrafficPolicy: orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster"),
    internalTrafficPolicy: orElse(service.internalTrafficPolicy, "Cluster"),
    externallyReachable: isExternal(service),
  };
}

function zone(nodes: readonly Node[], index: number): string | undefined {
  const node = nodes[index];
  return node && zoneOf(node);
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
