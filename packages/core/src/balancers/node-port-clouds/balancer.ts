import {
  isUnknown,
  selects,
  type ClientAddress,
  type Front,
  type Node,
  type Service,
  type Workload,
} from "../../model";
import type { Balancer, Registration, Target, Weigh } from "../balancer";
import { passes, type CheckAnswer } from "../checks/check-answer";
import type { HealthCheckWish } from "../checks/health-check-wish";
import { nodeCheck } from "../checks/node-check";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "../checks/required";
import { clientAddressBehind } from "../client-address";
import { inPlace } from "../in-place";
import { sayBalancer } from "../texts";
import { AT_ONCE, checkTiming, NEVER, type Timing } from "../timing";
import { certain, evenly } from "../weigh";
import type { NodePortCloud } from "./cloud";

/** Attribute of a front whose load balancer names the client in the header `X-Forwarded-For` of HTTP. */
export const FORWARDS_ADDRESS = "x-forwarded-for";
/** What the load balancer of a node-port cloud does, from what its row says. */
export function balancerOfCloud(cloud: NodePortCloud): Balancer {
  const { name, title, withoutHealthyTargets, preservesClientAddress: preserves, onlyNodesWithPods } = cloud;
  return {
    kind: name,
    title,
    name,
    targets: ["node"],
    registers: (nodes, front, service) => ({
      ...registers(nodes, front),
      ...(onlyNodesWithPods && isLocal(service) ? { onlyWithEndpoint: "ready" } : {}),
    }),
    weigh: (targets, _, service) =>
      onlyNodesWithPods && isLocal(service) ? byPods(targets) : evenly(targets, "node"),
    ...(onlyNodesWithPods ? { weighsByPods: true } : {}),
    // Where membership follows the pods, no check has to.
    healthCheckFor: (service) =>
      onlyNodesWithPods && isLocal(service) ? undefined : healthCheckFor(cloud, service),
    check,
    withoutHealthyTargets,
    timing,
    emptyZoneSeconds: () => 0,
    resetsUnhealthy: () => false,
    clientAddress,
    publishes: ({ publishes }) =>
      publishes === undefined || isUnknown(publishes.value) ? "address" : publishes.value,
    deliversTo: (front) => cloud.deliversTo?.(front) ?? "nodePort",
    laws: cloud.laws,
    inPlaceOf: (front) =>
      inPlace(front, { name, controller: cloud.controller.name, targets: "node", preserves }),
  };
}

/**
 * The nodes that the service controller of k8s.io/cloud-provider hands over: all but those with this label or taint, ready or not
 * (`controllers/service/controller.go`, KEP-3458). A Service without node ports has no target.
 */
function registers(nodes: readonly Node[], { members, nodeSelector }: Front): Registration {
  const selector = nodeSelector?.value;
  const isChosen = ({ labels }: Node): boolean =>
    selector === undefined || isUnknown(selector) || selects(selector, labels);
  return {
    nodes:
      members?.length === 0
        ? []
        : nodes.flatMap((node, index) => (isHandedOver(node) && isChosen(node) ? [index] : [])),
    assumptions: isUnknown(selector) ? [sayBalancer("node-labels-unknown")] : [],
  };
}

function isHandedOver({ labels, taints }: Node): boolean {
  return (
    !("node.kubernetes.io/exclude-from-external-load-balancers" in labels) &&
    !taints.some(({ key }) => key === "ToBeDeletedByClusterAutoscaler")
  );
}

/** Every node as much as it has pods. */
function byPods(targets: readonly Target[]): Weigh {
  return (entered, pods) => {
    const total = entered.reduce((sum, target) => sum + (pods[target] ?? 0), 0);
    const fractions = new Array<number>(targets.length).fill(0);
    if (total > 0) for (const target of entered) fractions[target] = (pods[target] ?? 0) / total;
    return certain(fractions);
  };
}

/** Without a check every node counts as healthy. */
function check(front: Front, service: Service, workloads: readonly Workload[]): CheckAnswer {
  return front.healthCheck ? nodeCheck(front, service, workloads) : passes("everywhere");
}

function timing(front: Front): Timing {
  const rest = { firstCheck: AT_ONCE, propagation: AT_ONCE, deregistration: AT_ONCE };
  if (!front.healthCheck)
    return { ...rest, detection: NEVER, recovery: AT_ONCE, basis: [sayBalancer("unchecked-targets")] };
  return checkTiming(front, rest);
}

function clientAddress(front: Front, service: Service): ClientAddress {
  const seen = clientAddressBehind(front, service);
  return seen.sees !== "client" && front.attributes[FORWARDS_ADDRESS]?.value === true
    ? { sees: "client", via: "header" }
    : seen;
}

function healthCheckFor({ checkTimes }: NodePortCloud, service: Service): HealthCheckWish {
  const required = requiredOfNodes(service);
  const port = service.healthCheckNodePort;
  return isLocal(service) && port !== undefined
    ? {
        required,
        recommended: {
          protocol: "HTTP",
          port,
          path: HEALTH_CHECK_PATH,
          matcher: "200",
          proxyProtocol: "off",
          ...checkTimes,
        },
      }
    : { required, recommended: { protocol: "TCP", port: "traffic-port", ...checkTimes } };
}
