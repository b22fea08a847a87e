import {
  isAtLeast,
  isUnknown,
  orElse,
  reachesNodes,
  type Cluster,
  type Front,
  type Service,
  type TrafficDistribution,
  type TrafficPolicy,
} from "../model";

/** One way to set the external side of a Service. */
export interface Candidate {
  readonly externalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution: TrafficDistribution | null;
}

/** `Local`, `Cluster`, `Cluster + PreferSameNode`. */
export function candidateName({ externalTrafficPolicy, trafficDistribution }: Candidate): string {
  return trafficDistribution ? `${externalTrafficPolicy} + ${trafficDistribution}` : externalTrafficPolicy;
}

/** Release that has `PreferSameNode` and `PreferSameZone` with default gates; KEP-3015. */
const PREFER_SAME_SINCE = "1.34";

export interface Offer {
  readonly candidates: readonly Candidate[];
  /** Why a candidate that people would ask for is not among them. */
  readonly notes: readonly string[];
}

/**
 * The candidates that this Service, behind this front and on this version of Kubernetes, can take. A `fixed` distribution is kept in
 * all of them; only the policy is to be chosen then.
 */
export function candidatesFor(
  service: Service,
  front: Front | undefined,
  { kubernetesVersion }: Cluster,
  fixed?: TrafficDistribution,
): Offer {
  const own = service.trafficDistribution;
  const kept = own === undefined || isUnknown(own) ? null : own;
  if (front && !isUnknown(front.targets.value) && !reachesNodes(front.targets.value)) {
    return {
      candidates: [{ externalTrafficPolicy: "Cluster", trafficDistribution: kept }],
      notes: [
        "the load balancer sends to the pods themselves, past kube-proxy: no policy of the Service has an effect there",
      ],
    };
  }
  const plain: readonly Candidate[] = [
    { externalTrafficPolicy: "Cluster", trafficDistribution: fixed ?? null },
    { externalTrafficPolicy: "Local", trafficDistribution: fixed ?? null },
  ];
  if (fixed) return { candidates: plain, notes: [`trafficDistribution ${fixed} is given and kept`] };
  if (kubernetesVersion === undefined || !isAtLeast(kubernetesVersion, PREFER_SAME_SINCE)) {
    const why = kubernetesVersion === undefined ? "the version is not given" : `this is ${kubernetesVersion}`;
    return {
      candidates: plain,
      notes: [
        `Cluster + PreferSameNode and Cluster + PreferSameZone need Kubernetes ${PREFER_SAME_SINCE}; ${why}`,
      ],
    };
  }
  return {
    candidates: [
      ...plain,
      { externalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameNode" },
      { externalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameZone" },
    ],
    notes: [],
  };
}

/** The Service as it would be with the candidate. A Local LoadBalancer gets its health-check node port from the API server. */
export function withCandidate(
  service: Service,
  { externalTrafficPolicy, trafficDistribution }: Candidate,
): Service {
  const local = externalTrafficPolicy === "Local";
  const { healthCheckNodePort, trafficDistribution: _, ...rest } = service;
  return {
    ...rest,
    externalTrafficPolicy,
    ...(trafficDistribution ? { trafficDistribution } : {}),
    ...(local && orElse(service.type, "LoadBalancer") === "LoadBalancer"
      ? {
          healthCheckNodePort: healthCheckNodePort ?? {
            unknown: true as const,
            path: "spec.healthCheckNodePort",
          },
        }
      : {}),
  };
}
