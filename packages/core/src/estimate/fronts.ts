import {
  isUnknown,
  orElse,
  type Exposure,
  type Front,
  type HealthCheckPort,
  type Knowable,
  type Service,
} from "../model";
import type { Estimate } from "./estimate";

/** Fronts that treat traffic alike, with the ports they stand for. */
export interface FrontGroup {
  readonly front: Front | undefined;
  readonly ports: readonly number[];
}

/** Whether anything outside the cluster can reach the Service. */
export function isExternal({ type, externalIPs }: Service): boolean {
  return (
    type === "LoadBalancer" || type === "NodePort" || (!isUnknown(externalIPs) && externalIPs.length > 0)
  );
}

/** The same, with what a load balancer sends to the pods themselves, which needs no entrance of the Service. */
export function isReached({ service, fronts }: Pick<Exposure, "service" | "fronts">): boolean {
  return isExternal(service) || fronts.length > 0;
}

export function hasClusterIP({ type, headless }: Service): boolean {
  return !headless && type !== "ExternalName";
}

export function knownPorts({ ports }: Pick<Service, "ports">): readonly number[] {
  return ports.flatMap(({ port }) => (isUnknown(port) ? [] : [port]));
}

/** Fronts that differ only in their port count once; an exposure without a front has one group for a balancer not known. */
export function groupFronts({
  fronts,
  service,
}: Pick<Exposure, "fronts" | "service">): readonly FrontGroup[] {
  if (fronts.length === 0) return [{ front: undefined, ports: knownPorts(service) }];
  const groups = new Map<string, { front: Front; ports: number[] }>();
  for (const front of fronts) {
    const group = groups.get(behaviour(front)) ?? { front, ports: [] };
    groups.set(behaviour(front), group);
    if (!isUnknown(front.servicePort)) group.ports.push(front.servicePort);
  }
  return [...groups.values()];
}

/** Everything of a front that the estimate reads, apart from the port it serves. */
function behaviour({
  balancer,
  targets,
  healthCheck,
  targetPort,
  proxyProtocol,
  preservesClientAddress,
  attributes,
  nodeSelector,
  members = [],
}: Front): string {
  return JSON.stringify([
    balancer,
    targets.value,
    proxyProtocol.value,
    preservesClientAddress.value,
    nodeSelector?.value,
    Object.entries(attributes).map(([name, { value }]) => [name, value]),
    healthCheck && [
      isTrafficPort(healthCheck.port.value, targetPort.value) ? "traffic-port" : healthCheck.port.value,
      healthCheck.protocol.value,
      healthCheck.intervalSeconds.value,
      healthCheck.matcher?.value,
      healthCheck.proxyProtocol?.value,
      healthCheck.intervalSeconds.value,
      healthCheck.fastIntervalSeconds?.value,
      healthCheck.unhealthyThreshold.value,
    ],
    members.map(({ address, node, weight, backup }) => [node ?? address.value, weight.value, backup]),
  ]);
}

/** Whether a health check asks the port that the traffic goes to, by whatever name. */
export function isTrafficPort(port: Knowable<HealthCheckPort>, targetPort: Knowable<number>): boolean {
  return port === "traffic-port" || (!isUnknown(port) && port === targetPort);
}

export function policyOf(service: Service): Estimate["policy"] {
  return {
    externalTrafficPolicy:
      service.externalTrafficPolicy === undefined ? null : orElse(service.externalTrafficPolicy, "Cluster"),
    internalTrafficPolicy: orElse(service.internalTrafficPolicy, "Cluster"),
    trafficDistribution:
      service.trafficDistribution === undefined || isUnknown(service.trafficDistribution)
        ? null
        : service.trafficDistribution,
  };
}
