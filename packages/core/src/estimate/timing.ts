import { isUnknown, orElse, reachesNodes, type Front, type Service, type Workload } from "../model";

/**
 * Seconds from the end of readiness of a node's last ready endpoint until the balancer stops sending there: the checks that must
 * fail, one interval apart. Zero where kube-proxy moves the traffic by itself (Cluster behind nodes). Undefined without a check.
 */
export function detectionSeconds(service: Service, front: Front | undefined): number | undefined {
  if (!front?.healthCheck) return undefined;
  const throughKubeProxy = reachesNodes(orElse(front.targets.value, "instance"));
  if (throughKubeProxy && service.externalTrafficPolicy !== "Local") return 0;
  const { intervalSeconds, unhealthyThreshold } = front.healthCheck;
  if (isUnknown(intervalSeconds.value) || isUnknown(unhealthyThreshold.value)) return undefined;
  return intervalSeconds.value * unhealthyThreshold.value;
}

/**
 * Seconds that a terminating pod still serves: a `preStop` sleep holds SIGTERM back, within the grace period. Without one a server
 * may stop at once, so nothing is promised.
 */
export function servesWhileTerminating({ template }: Workload): number {
  const sleeps = template.spec.containers.map(({ preStopSleepSeconds }) => preStopSleepSeconds ?? 0);
  const grace = template.spec.terminationGracePeriodSeconds ?? 30;
  return Math.min(grace, Math.max(0, ...sleeps));
}
