import type { Knowable } from "./knowable";
import type { ObjectRef } from "./ref";

export const TRAFFIC_POLICIES = ["Cluster", "Local"] as const;
export type TrafficPolicy = (typeof TRAFFIC_POLICIES)[number];

export const TRAFFIC_DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"] as const;
export type TrafficDistribution = (typeof TRAFFIC_DISTRIBUTIONS)[number];

export const SERVICE_TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

export type Protocol = "TCP" | "UDP" | "SCTP";

export interface ServicePort {
  /** Empty for the only port of a Service. */
  readonly name: string;
  readonly protocol: Knowable<Protocol>;
  readonly port: Knowable<number>;
  /** Port number of the pod, or the name of a container port. */
  readonly targetPort: Knowable<number | string>;
  /** Absent where the Service has none (ClusterIP, or allocation switched off). */
  readonly nodePort?: Knowable<number>;
  readonly appProtocol?: Knowable<string>;
}

/** One entry of `status.loadBalancer.ingress`. */
export interface IngressAddress {
  readonly ip?: string;
  readonly hostname?: string;
  /** `VIP`: kube-proxy owns the address. `Proxy`, or a hostname alone: packets leave towards the load balancer. */
  readonly ipMode?: "VIP" | "Proxy";
}

/**
 * A Service as stored: defaults applied. A field that the API server would not keep for this type is absent.
 * Field rules and defaults: Kubernetes `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/service/strategy.go`.
 */
export interface Service {
  readonly ref: ObjectRef;
  readonly labels: Readonly<Record<string, Knowable<string>>>;
  readonly annotations: Readonly<Record<string, Knowable<string>>>;
  readonly type: Knowable<ServiceType>;
  readonly headless: boolean;
  /** Absent: endpoints are kept by somebody else. */
  readonly selector?: Knowable<Readonly<Record<string, string>>>;
  readonly ports: readonly ServicePort[];
  /** Absent unless the Service is externally accessible (NodePort, LoadBalancer, or with external IPs). */
  readonly externalTrafficPolicy?: Knowable<TrafficPolicy>;
  readonly internalTrafficPolicy: Knowable<TrafficPolicy>;
  /** Only for `type: LoadBalancer` with `externalTrafficPolicy: Local`; unknown until the API server allocates it. */
  readonly healthCheckNodePort?: Knowable<number>;
  readonly allocateLoadBalancerNodePorts?: Knowable<boolean>;
  readonly loadBalancerClass?: Knowable<string>;
  /** The deprecated field by which an address is asked for. */
  readonly loadBalancerIP?: Knowable<string>;
  readonly loadBalancerSourceRanges: Knowable<readonly string[]>;
  readonly sessionAffinity: Knowable<"None" | "ClientIP">;
  readonly publishNotReadyAddresses: Knowable<boolean>;
  readonly trafficDistribution?: Knowable<TrafficDistribution>;
  readonly externalIPs: Knowable<readonly string[]>;
  readonly ipFamilies?: Knowable<readonly string[]>;
  readonly ingress: readonly IngressAddress[];
}
