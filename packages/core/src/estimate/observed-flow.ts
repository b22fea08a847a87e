import { zoneOf, type Endpoint, type Node } from "../model";
// Past the index, which would load the journeys of single packets as well: a start should be quick.
import type { ServiceTraffic } from "../routing/categorize";
import { isReady, isServingTerminating } from "../routing/conditions";
import { endpointsFor, isRefusal, type Spread, type TrafficPath } from "../routing/endpoints-for";
import { nodeView } from "../routing/service-traffic";
import type { NodePlan, Plan } from "./plan";

/** What today's endpoints of one port list receive. */
export interface Flow {
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

/** One port's endpoints, and what decides about them. */
export interface Scene {
  readonly endpoints: readonly Endpoint[];
  /** Of all ports of the Service: what the health-check node port counts. */
  readonly ofService: readonly Endpoint[];
  readonly nodes: readonly Node[];
  readonly traffic: ServiceTraffic;
  readonly path: TrafficPath;
}

/** kube-proxy's own choice on every node that is entered, or the balancer's over the pods. */
export function observedFlow(plan: Plan, scene: Scene): Flow {
  const { endpoints } = scene;
  const ready = endpoints.map(isReady);
  const someReady = ready.some(Boolean);
  const usable = endpoints.map(
    (endpoint, index) => ready[index] || (!someReady && isServingTerminating(endpoint)),
  );
  if (plan.enters === "pods") {
    const targets = endpoints.flatMap((_, index) => (ready[index] ? [index] : []));
    const weights = plan.weights(
      targets.map((index) => endpoints[index]?.zone),
      targets.map((index) => endpoints[index]?.addresses[0] ?? ""),
    );
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
  return throughNodes(plan, scene, usable);
}

function throughNodes(
  plan: NodePlan,
  { endpoints, ofService, nodes, traffic, path }: Scene,
  usable: readonly boolean[],
): Flow {
  const position = new Map(endpoints.map((endpoint, index) => [endpoint, index]));
  const setAt = new Map(
    plan.registered.map((index): [number, Spread] => {
      const node = nodes[index];
      return [index, node ? endpointsFor(traffic, path, nodeView(node), endpoints) : "drop"];
    }),
  );
  // Nodes on which kube-proxy's `LocalReadyEndpoints` counts at least one.
  const hasReady = new Set(ofService.filter(isReady).map(({ nodeName }) => nodeName));
  const passes = (index: number): boolean => {
    if (plan.passing === "all") return true;
    if (plan.asks === "port") return !isRefusal(setAt.get(index) ?? "drop");
    return hasReady.has(nodes[index]?.name);
  };
  const healthy =
    plan.passing === "none" || (plan.passing === "all" && !usable.some(Boolean))
      ? []
      : plan.registered.filter(passes);
  const entered = healthy.length > 0 || !plan.failsOpen ? healthy : plan.registered;
  const weights = plan.weights(
    entered.map((index) => zone(nodes, index)),
    entered,
  );
  const share = new Array<number>(endpoints.length).fill(0);
  let dropped = entered.length === 0 ? 1 : 0;
  let crossNode = 0;
  let crossZone = 0;
  entered.forEach((index, order) => {
    const node = nodes[index];
    const weight = weights[order] ?? 0;
    if (!node) return;
    const set = setAt.get(index) ?? "drop";
    if (isRefusal(set)) {
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

function zone(nodes: readonly Node[], index: number): string | undefined {
  const node = nodes[index];
  return node && zoneOf(node);
}
