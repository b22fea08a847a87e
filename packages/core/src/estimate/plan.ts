import type { Balancer } from "../balancers/balancer";
import { balancerOf } from "../balancers/known";
import { nlbInstance } from "../balancers/nlb-instance";
import {
  isUnknown,
  reachesNodes,
  zoneOf,
  type Exposure,
  type Front,
  type Node,
  type Service,
} from "../model";
import { isTrafficPort } from "./fronts";
import { healthView, type PassingNodes } from "./health";
import type { Ground, Reach } from "./spread";
import { DEREGISTRATION_SECONDS, deregistrationTold, isDeregistered } from "./timing";

/** How new connections of one side come to the pods; everything that does not vary over the placement trials. */
export type Plan = NodePlan | PodPlan;

/** Connections enter nodes; kube-proxy takes them on. */
export interface NodePlan {
  readonly enters: "nodes";
  readonly reach: Reach;
  /** Indices of the nodes that can be entered at all. */
  readonly registered: readonly number[];
  readonly passing: PassingNodes;
  /** Whose endpoints decide where `passing` wants one: those of the port that is connected to, or of any port of the Service. */
  readonly asks: "port" | "service";
  readonly failsOpen: boolean;
  /** `entered`: indices of the nodes that share what arrives; `zones`: theirs. */
  weights(zones: readonly (string | undefined)[], entered: readonly number[]): readonly number[];
}

/** The balancer sends to the pods themselves. */
export interface PodPlan {
  readonly enters: "pods";
  readonly failsOpen: boolean;
  /** `addresses`: those of the pods, where they are known. */
  weights(zones: readonly (string | undefined)[], addresses?: readonly string[]): readonly number[];
}

export interface PlanWithAssumptions {
  readonly plan: Plan;
  readonly assumptions: readonly string[];
}

/** Said of pods as targets. */
export const DEREGISTRATION = deregistrationTold(DEREGISTRATION_SECONDS);

const evenly = (zones: readonly unknown[]): readonly number[] => zones.map(() => 1 / zones.length);

/** The external side: from the balancer, through its health check, to the pods. */
export function externalPlan(
  { service, cluster }: Pick<Exposure, "service" | "cluster">,
  front?: Front,
): PlanWithAssumptions {
  const assumptions: string[] = [];
  const balancer = front && balancerOf(front);
  const view = healthView(service, front);
  // Without a front the view says itself who reaches which nodes, where it has to assume it.
  if (!balancer && (front || !view.assumption))
    assumptions.push(
      "the load balancer spreads new connections evenly over the nodes that pass its health check",
    );
  if (front && balancer && !isUnknown(front.targets.value) && !reachesNodes(front.targets.value)) {
    if (front.healthCheck && isDeregistered(front)) assumptions.push(DEREGISTRATION);
    const { failsOpen } = balancer;
    return {
      plan: {
        enters: "pods",
        failsOpen,
        weights: (zones, addresses) => balancer.weights({ zones, addresses }, front),
      },
      assumptions,
    };
  }
  if (view.assumption) assumptions.push(view.assumption);
  assumptions.push(...affinityOf(service));
  if (front && hasStrangeMembers(front)) assumptions.push(EVERY_NODE);
  if (front?.nodeSelector && isUnknown(front.nodeSelector.value)) assumptions.push(EVERY_LABEL);
  const names = cluster.nodes.map(({ name }) => name);
  return {
    plan: {
      enters: "nodes",
      reach: service.externalTrafficPolicy === "Local" ? "local" : reachOf(service),
      registered: registeredNodes(balancer ?? nlbInstance, cluster.nodes, front),
      passing: view.passing,
      asks:
        front?.healthCheck && isTrafficPort(front.healthCheck.port.value, front.targetPort.value)
          ? "port"
          : "service",
      failsOpen: balancer?.failsOpen ?? true,
      weights:
        balancer && front
          ? (zones, entered) =>
              balancer.weights({ zones, nodes: entered.map((index) => names[index] ?? "") }, front)
          : evenly,
    },
    assumptions,
  };
}

const EVERY_NODE =
  "every node is one of the balancer's servers, all of one weight (their addresses are those of no node in sight)";

const EVERY_LABEL = "every node is a target (the labels that it must have are not known yet)";

function hasStrangeMembers({ members }: Front): boolean {
  return members !== undefined && members.every(({ node }) => node === undefined);
}

/** The internal side: clients spread evenly over the nodes that run pods at all call the cluster IP. */
export function internalPlan({
  service,
  cluster,
}: Pick<Exposure, "service" | "cluster">): PlanWithAssumptions {
  return {
    plan: {
      enters: "nodes",
      reach: service.internalTrafficPolicy === "Local" ? "local" : reachOf(service),
      registered: cluster.nodes.flatMap(({ unschedulable }, index) => (unschedulable ? [] : [index])),
      passing: "all",
      asks: "service",
      failsOpen: false,
      weights: evenly,
    },
    assumptions: [
      "clients inside the cluster are spread evenly over its schedulable nodes",
      ...affinityOf(service),
    ],
  };
}

/** kube-proxy chooses once for a client and its affinity's timeout; k/k pkg/proxy/iptables/proxier.go. */
function affinityOf({ sessionAffinity }: Service): readonly string[] {
  return sessionAffinity === "ClientIP"
    ? [
        "sessionAffinity ClientIP keeps each client with one pod: shares are of clients, and few clients spread like few open connections",
      ]
    : [];
}

function reachOf({ trafficDistribution }: Service): Reach {
  if (trafficDistribution === "PreferSameNode") return "sameNode";
  return trafficDistribution === "PreferSameZone" || trafficDistribution === "PreferClose"
    ? "sameZone"
    : "cluster";
}

function registeredNodes(
  balancer: Balancer,
  nodes: readonly Node[],
  front: Front | undefined,
): readonly number[] {
  return nodes.flatMap((node, index) => (balancer.registers(node, front) ? [index] : []));
}

export function groundOf(nodes: readonly Node[]): Ground {
  const names = [...new Set(nodes.map(zoneOf).filter((zone) => zone !== undefined))];
  return { zoneOf: nodes.map((node) => names.indexOf(zoneOf(node) ?? "")), zones: names.length };
}
