import { zoneOf, type Cluster, type Exposure } from "../../model";
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

function severalZones({ nodes }: Cluster): boolean {
  return new Set(nodes.map(zoneOf)).size > 1;
}
