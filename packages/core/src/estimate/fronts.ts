import { unmodelledFront } from "../balancers";
import { isUnknown, orElse, type Exposure, type Front, type Service } from "../model";
import type { Estimate } from "./estimate";

/** Fronts that treat traffic alike, with the ports they stand for. */
export interface FrontGroup {
  /** Undefined where no load balancer is asked for: clients connect to the nodes themselves. */
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

/**
 * Fronts that differ only in their port count once. A LoadBalancer Service without a known front has one whose behaviour is unknown; for
 * any other, clients connect to the nodes.
 */
export function groupFronts({
  fronts,
  service,
}: Pick<Exposure, "fronts" | "service">): readonly FrontGroup[] {
  if (fronts.length === 0) {
    const front = service.type === "LoadBalancer" ? unmodelledFront(service) : undefined;
    return [{ front, ports: knownPorts(service) }];
  }
  const groups = new Map<string, { front: Front; ports: number[] }>();
  for (const front of fronts) {
    const group = groups.get(behaviour(front)) ?? { front, ports: [] };
    groups.set(behaviour(front), group);
    if (!isUnknown(front.servicePort)) group.ports.push(front.servicePort);
  }
  return [...groups.values()];
}

/** Everything of a front that may decide how it treats traffic, apart from the ports and where a setting is written. */
function behaviour({
  resource: _resource,
  related: _related,
  servicePort: _servicePort,
  listener: _listener,
  targetPort,
  healthCheck,
  ...front
}: Front): string {
  const asked = healthCheck?.port.value;
  const check =
    healthCheck && !isUnknown(asked) && asked === targetPort.value
      ? { ...healthCheck, port: { value: "traffic-port" } }
      : healthCheck;
  return JSON.stringify({ ...front, check }, (key, value: unknown) =>
    key === "at" || key === "by" || key === "path" || key === "origin" ? undefined : value,
  );
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
