import { balancerOf, type Balancer } from "../balancers";
import { sayBalancer } from "../balancers/texts";
import {
  orElse,
  reachesNodes,
  type Container,
  type Exposure,
  type Front,
  type ServicePort,
  type Statement,
  type Workload,
} from "../model";
import type { Estimate } from "./estimate";

/**
 * Seconds from the end of readiness of a node's last ready endpoint until the load balancer stops sending there. Zero where kube-proxy
 * moves the traffic by itself (Cluster behind nodes). For pods as targets from when they no longer answer. Undefined without a check,
 * and where the check cannot notice: no node ever passes it, or under Local every node does.
 */
export function detectionSeconds(
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
  front: Front | undefined,
): number | undefined {
  const balancer = front && balancerOf(front);
  if (!balancer || !front.healthCheck) return undefined;
  const { possible } = balancer.check(front, service, workloads);
  if (possible.includes("nowhere")) return undefined;
  if (reachesNodes(orElse(front.targets.value, "instance"))) {
    if (service.externalTrafficPolicy !== "Local") return 0;
    if (possible.some((one) => one === "everywhere" || one === "whileServed")) return undefined;
  }
  return followingSeconds(balancer, front);
}

/** From the first failing check of a target until no new connection goes there; undefined where that is not known. */
function followingSeconds(balancer: Balancer, front: Front): number | undefined {
  const { detection, propagation } = balancer.timing(front);
  const seconds = detection.most + propagation.most;
  return seconds < Infinity ? seconds : undefined;
}

/**
 * How long a node or pod that went away is still sent to, and how long of that nothing answers; empty where it is not known. A node's
 * check fails with the end of readiness. A pod's own passes as long as it answers; meanwhile it is being deregistered.
 */
export function timingOf(
  exposure: Pick<Exposure, "service" | "workloads">,
  front: Front | undefined,
  ports: readonly number[],
): Pick<Estimate, "detectionSeconds" | "lossSeconds"> {
  const { service, workloads } = exposure;
  const detection = detectionSeconds(exposure, front);
  const balancer = front && balancerOf(front);
  if (detection === undefined || !balancer) return {};
  const served = service.ports.filter(({ port }) => typeof port === "number" && ports.includes(port));
  const serves =
    workloads.length === 0 ? 0 : Math.min(...workloads.map((one) => servesWhileTerminating(one, served)));
  const toNodes = reachesNodes(orElse(front.targets.value, "instance"));
  const sentTo = toNodes
    ? detection
    : Math.min(serves + detection, balancer.timing(front).deregistration.most);
  return { detectionSeconds: sentTo, lossSeconds: Math.max(0, sentTo - serves) };
}

/** What is assumed of pods as targets that a controller takes out of the load balancer. */
export function deregistrationAssumed(front: Front | undefined): readonly Statement[] {
  const balancer = front && balancerOf(front);
  if (!balancer || !front.healthCheck || reachesNodes(orElse(front.targets.value, "instance"))) return [];
  const seconds = balancer.timing(front).deregistration.most;
  return seconds < Infinity ? [sayBalancer("deregistration-delay", { seconds })] : [];
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
