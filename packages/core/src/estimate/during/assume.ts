import {
  displayName,
  zoneOf,
  type Cluster,
  type DisruptionBudget,
  type Exposure,
  type Workload,
} from "../../model";
import type { ClusterEvent } from "../../placement";
import { clusterAssumptions } from "../cluster-assumptions";
import { DEREGISTRATION } from "../plan";
import { deregistrationTold } from "../timing";
import type { Side } from "./course";
import type { LifeTiming } from "./lives";

/** What had to be assumed of the time that things take. */
export function assumptionsOf(
  exposure: Pick<Exposure, "service" | "cluster" | "workloads">,
  { plan, lag, gated, zoneSeconds }: Side,
  planned: readonly string[],
  events: readonly ClusterEvent[],
  timing: LifeTiming,
  budget: DisruptionBudget | undefined,
): readonly string[] {
  const { readySeconds, terminationSeconds, servingSeconds } = timing;
  const has = (kind: ClusterEvent["kind"]): boolean => events.some((event) => event.kind === kind);
  const pods = plan.enters === "pods";
  return [
    ...planned.filter((one) => one !== DEREGISTRATION),
    ...clusterAssumptions(exposure),
    `a pod is ready ${readySeconds} s after it has a node; on its way out it answers for ${servingSeconds} s and is gone after ${terminationSeconds} s`,
    "EndpointSlices and kube-proxy follow the pods at once",
    ...(exposure.service.publishNotReadyAddresses === true
      ? [
          "pods that are not ready are no endpoints; publishNotReadyAddresses makes them some, which is not counted",
        ]
      : []),
    ...(has("drain") ? keptBudgets(exposure.workloads, budget) : []),
    ...(lag ? [lag.assumption] : []),
    ...(lag && pods ? [deregistrationTold(lag.deregistration)] : []),
    ...(lag && (pods || has("addNodes"))
      ? ["a target is not sent to before its first checks are through"]
      : []),
    ...(zoneSeconds > 0 && severalZones(exposure.cluster)
      ? [
          `clients pick zones evenly from DNS, and for ${zoneSeconds} s still go to one that has lost its last target`,
        ]
      : []),
    ...(gated ? ["pods are ready when their target is healthy: their template has the readiness gate"] : []),
    ...(lag && !pods && has("addNodes")
      ? [
          "load balancers have been seen to send to a new node earlier (kubernetes/cloud-provider-aws#87); that is not counted",
        ]
      : []),
  ];
}

/** What drains keep to; several workloads behind one Service have each their own. */
function keptBudgets(workloads: readonly Workload[], given: DisruptionBudget | undefined): readonly string[] {
  if (given) return [`a drain keeps to ${limitOf(given)}`];
  const kept = workloads.flatMap(({ budget }) => {
    if (!budget) return [];
    const [first, ...more] = budget.by.map(displayName);
    return more.length > 0
      ? [`a drain waits for ever: pods that ${[first, ...more].join(" and ")} are both for cannot be evicted`]
      : [`a drain keeps to ${limitOf(budget)} of ${first}`];
  });
  return kept.length > 0 ? kept : ["no PodDisruptionBudget holds a drain back"];
}

function limitOf({ minAvailable, maxUnavailable }: DisruptionBudget): string {
  return maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;
}

function severalZones({ nodes }: Cluster): boolean {
  return new Set(nodes.map(zoneOf)).size > 1;
}
