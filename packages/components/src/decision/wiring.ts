import {
  isUnknown,
  type Exposure,
  type Front,
  type HealthCheck,
  type Scheme,
  type Service,
  type TrafficDistribution,
  type TrafficPolicy,
} from "@evenkeel/core/model";

/** What the resources are made by. */
export interface Wiring {
  readonly externalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution?: TrafficDistribution;
  readonly scheme: Scheme;
  /** All of it is known but the port where that is the Service's own health-check node port. */
  readonly healthCheck: HealthCheck;
}

/** The wiring, if everything is known that could make it wrong; a policy that is given needs no workload to be wired. */
export function wiringOf({ service, fronts }: Exposure): Wiring | undefined {
  const [front] = fronts;
  const { externalTrafficPolicy, trafficDistribution } = service;
  const scheme = front?.scheme?.value;
  const healthCheck = front?.healthCheck;
  if (!front || !healthCheck || !isSettled(front, healthCheck)) return undefined;
  if (externalTrafficPolicy === undefined || isUnknown(externalTrafficPolicy)) return undefined;
  if (scheme === undefined || isUnknown(scheme) || isUnknown(trafficDistribution)) return undefined;
  return {
    externalTrafficPolicy,
    ...(trafficDistribution ? { trafficDistribution } : {}),
    scheme,
    healthCheck,
  };
}

function isSettled(front: Front, { port, ...check }: HealthCheck): boolean {
  const settings = [
    ...Object.values(check),
    ...Object.values(front.attributes),
    front.proxyProtocol,
    front.preservesClientAddress,
  ];
  return (
    settings.every(({ value }) => !isUnknown(value)) && (port.by === "default" || !isUnknown(port.value))
  );
}

export function isLocal({ externalTrafficPolicy }: Pick<Service, "externalTrafficPolicy">): boolean {
  return externalTrafficPolicy === "Local";
}

/** What a Service without a load balancer is made by. */
export interface InternalWiring {
  readonly internalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution?: TrafficDistribution;
}

/** The same for a Service without a load balancer. */
export function internalWiringOf({ service }: Exposure): InternalWiring | undefined {
  const { internalTrafficPolicy, trafficDistribution } = service;
  if (isUnknown(internalTrafficPolicy) || isUnknown(trafficDistribution)) return undefined;
  return { internalTrafficPolicy, ...(trafficDistribution ? { trafficDistribution } : {}) };
}
