import {
  isUnknown,
  orElse,
  reachesNodes,
  type Cluster,
  type Front,
  type Service,
  type Statement,
  type TrafficDistribution,
  type TrafficPolicy,
  type Unknown,
} from "../model";
import { effectiveDistribution } from "../routing/effective-distribution";
import { trafficDistributionSince } from "../routing/traffic-distribution";
import { sayDecide } from "./texts";

/** One way to set one side of a Service. */
export interface Candidate {
  readonly externalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution: TrafficDistribution | null;
  /** Set where the internal side is what is chosen; the external policy then stays as it is. */
  readonly internalTrafficPolicy?: TrafficPolicy;
}

/** `Local`, `Cluster`, `Cluster + PreferSameNode`. */
export function candidateName({
  externalTrafficPolicy,
  internalTrafficPolicy,
  trafficDistribution,
}: Candidate): string {
  const policy = internalTrafficPolicy ?? externalTrafficPolicy;
  return trafficDistribution ? `${policy} + ${trafficDistribution}` : policy;
}

export function sameCandidate(a: Candidate, b: Candidate): boolean {
  return (
    a.externalTrafficPolicy === b.externalTrafficPolicy &&
    a.internalTrafficPolicy === b.internalTrafficPolicy &&
    a.trafficDistribution === b.trafficDistribution
  );
}

export interface Offer {
  readonly candidates: readonly Candidate[];
  /** Why a candidate that people would ask for is not among them. */
  readonly notes: readonly Statement[];
}

/**
 * The candidates that are available to this Service, behind this front and on this version of Kubernetes. A `fixed` distribution is
 * kept in all of them; only the policy is to be chosen then.
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
      notes: [sayDecide("policy-without-effect")],
    };
  }
  const plain: readonly Candidate[] = [
    { externalTrafficPolicy: "Cluster", trafficDistribution: fixed ?? null },
    { externalTrafficPolicy: "Local", trafficDistribution: fixed ?? null },
  ];
  if (fixed)
    return {
      candidates: plain,
      notes: [sayDecide("traffic-distribution-fixed", { trafficDistribution: fixed })],
    };
  const because = whyNotSame(service, kubernetesVersion);
  if (because) return { candidates: plain, notes: [because] };
  return {
    candidates: [
      ...plain,
      { externalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameNode" },
      { externalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameZone" },
    ],
    notes: [],
  };
}

/** The candidates for clients inside the cluster, on this version of Kubernetes; a `fixed` distribution is kept in all of them. */
export function internalCandidates(
  service: Service,
  { kubernetesVersion }: Cluster,
  fixed?: TrafficDistribution,
): Offer {
  const externalTrafficPolicy = orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster");
  const of = (
    internalTrafficPolicy: TrafficPolicy,
    trafficDistribution: TrafficDistribution | null = fixed ?? null,
  ): Candidate => ({
    externalTrafficPolicy,
    internalTrafficPolicy,
    trafficDistribution,
  });
  const plain = [of("Cluster"), of("Local")];
  if (fixed)
    return {
      candidates: plain,
      notes: [sayDecide("traffic-distribution-fixed", { trafficDistribution: fixed })],
    };
  const because = whyNotSame(service, kubernetesVersion);
  if (because) return { candidates: plain, notes: [because] };
  return {
    candidates: [...plain, of("Cluster", "PreferSameNode"), of("Cluster", "PreferSameZone")],
    notes: [],
  };
}

/** Why the Service with `PreferSameNode` would certainly not act on it, as with `PreferSameZone`, which came together; else undefined. */
function whyNotSame(service: Service, version: string | undefined): Statement | undefined {
  const since = trafficDistributionSince("PreferSameNode");
  if (version === undefined) return sayDecide("prefer-same-needs-version", { since, version: null });
  const wished: Service = { ...service, trafficDistribution: "PreferSameNode" };
  const { possible, reasons } = effectiveDistribution(wished, { kubernetesVersion: version });
  if (possible.includes("PreferSameNode")) return undefined;
  if (reasons.some(({ code }) => code === "distribution-needs-newer-release"))
    return sayDecide("prefer-same-needs-version", { since, version });
  return sayDecide("prefer-same-without-effect", { reasons });
}

/** The Service as it would be with the candidate. A Local LoadBalancer gets its health-check node port from the API server. */
export function withCandidate(service: Service, candidate: Candidate): Service {
  const { trafficDistribution: _, ...rest } = service;
  const distribution = candidate.trafficDistribution
    ? { trafficDistribution: candidate.trafficDistribution }
    : {};
  if (candidate.internalTrafficPolicy !== undefined) {
    return { ...rest, internalTrafficPolicy: candidate.internalTrafficPolicy, ...distribution };
  }
  return { ...withExternalPolicy(rest, candidate.externalTrafficPolicy), ...distribution };
}

function withExternalPolicy(
  { healthCheckNodePort, ...service }: Service,
  externalTrafficPolicy: TrafficPolicy,
): Service {
  const needsPort =
    externalTrafficPolicy === "Local" && orElse(service.type, "LoadBalancer") === "LoadBalancer";
  const allocated: Unknown = { unknown: true, path: "spec.healthCheckNodePort" };
  return {
    ...service,
    externalTrafficPolicy,
    ...(needsPort ? { healthCheckNodePort: healthCheckNodePort ?? allocated } : {}),
  };
}
