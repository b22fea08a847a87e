import {
  isUnknown,
  orElse,
  reachesNodes,
  type Container,
  type Exposure,
  type Front,
  type HealthCheck,
  type Service,
  type ServicePort,
  type Workload,
} from "../model";
import type { Estimate } from "./estimate";
import { healthView } from "./health";

/**
 * Seconds from the end of readiness of a node's last ready endpoint until the balancer stops sending there: the checks that must
 * fail, one interval apart. Zero where kube-proxy moves the traffic by itself (Cluster behind nodes). For pods as targets from
 * when they no longer answer. Undefined without a check, and where the check cannot notice: no node ever passes
 * it, or under Local every node does.
 */
export function detectionSeconds(service: Service, front: Front | undefined): number | undefined {
  if (!front?.healthCheck) return undefined;
  if (reachesNodes(orElse(front.targets.value, "instance"))) {
    const { passing } = healthView(service, front);
    if (passing === "none") return undefined;
    if (service.externalTrafficPolicy !== "Local") return 0;
    if (passing === "all") return undefined;
  }
  return secondsToFail(front.healthCheck);
}

/** The checks that must fail, each an interval after the one before; sooner after the first where the balancer then hurries. */
export function secondsToFail({
  intervalSeconds,
  fastIntervalSeconds = intervalSeconds,
  unhealthyThreshold,
}: HealthCheck): number | undefined {
  const [interval, fast, failures] = [
    intervalSeconds.value,
    fastIntervalSeconds.value,
    unhealthyThreshold.value,
  ];
  if (isUnknown(interval) || isUnknown(fast) || isUnknown(failures)) return undefined;
  return interval + Math.max(0, failures - 1) * fast;
}

/**
 * The least that has been seen of an NLB (kubernetes-sigs/aws-load-balancer-controller#2366: 120 to 200 s, whatever the
 * deregistration delay).
 */
export const DEREGISTRATION_SECONDS = 120;

export function deregistrationTold(seconds: number): string {
  return `the load balancer stops sending to a deregistered pod after ${seconds} s, if its health check is not earlier`;
}

/**
 * How long a node or pod that went away is still sent to, and how long of that nothing answers; empty where it is not known. A node's
 * check fails with the end of readiness. A pod's own passes as long as it answers; meanwhile it is being deregistered, but for servers
 * that a configuration lists, which nobody takes out.
 */
export function timingOf(
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
  front: Front | undefined,
  ports: readonly number[],
): Pick<Estimate, "detectionSeconds" | "lossSeconds"> {
  const detection = detectionSeconds(service, front);
  if (detection === undefined) return {};
  const served = service.ports.filter(({ port }) => !isUnknown(port) && ports.includes(port));
  const serves =
    workloads.length === 0 ? 0 : Math.min(...workloads.map((one) => servesWhileTerminating(one, served)));
  const toNodes = front === undefined || reachesNodes(orElse(front.targets.value, "instance"));
  const leaves = isDeregistered(front) ? DEREGISTRATION_SECONDS : Infinity;
  const sentTo = toNodes ? detection : Math.min(serves + detection, leaves);
  return { detectionSeconds: sentTo, lossSeconds: Math.max(0, sentTo - serves) };
}

/** Whether a controller takes a pod that goes out of the balancer. */
export function isDeregistered(front: Front | undefined): boolean {
  return front?.members === undefined;
}

/**
 * Seconds that a terminating pod still serves: a `preStop` sleep holds SIGTERM back, within the grace period, from its own container
 * alone. So the least of the containers that own the Service's target ports counts; where the owners are not known, the least of
 * all. Without a sleep a server may stop at once, so nothing is promised. Kubernetes `pkg/kubelet/kuberuntime` killContainer.
 *
 * @param ports those of the Service that are asked about
 */
export function servesWhileTerminating({ template }: Workload, ports: readonly ServicePort[] = []): number {
  const { containers, terminationGracePeriodSeconds = 30, initContainers = [] } = template.spec;
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  const owners = ports.map((port) => [...containers, ...sidecars].find((one) => owns(one, port)));
  const known = owners.length > 0 && owners.every((owner) => owner !== undefined);
  const sleeps = (known ? owners : containers).map((one) => one?.preStopSleepSeconds ?? 0);
  return sleeps.length === 0 ? 0 : Math.min(terminationGracePeriodSeconds, ...sleeps);
}

function owns({ ports = [] }: Container, { targetPort, protocol }: ServicePort): boolean {
  const wanted = orElse(protocol, "TCP");
  return ports.some(
    ({ name, containerPort, protocol: own = "TCP" }) =>
      own === wanted && (containerPort === targetPort || (name !== undefined && name === targetPort)),
  );
}
