import type { Knowable } from "../../model";

/**
 * A `v1.Service` as JSON, with the names of the API. Any value may be `Unknown`. A field at its Go zero value ("" and 0 and
 * false where the API type is no pointer, null everywhere) is absent, as the server's own `omitempty` output has it.
 */
export interface ServiceObject {
  readonly apiVersion?: Knowable<string>;
  readonly kind?: Knowable<string>;
  readonly metadata: ObjectMeta;
  readonly spec: ServiceSpec;
  readonly status: ServiceStatus;
}

export interface ObjectMeta {
  readonly name?: Knowable<string>;
  readonly generateName?: Knowable<string>;
  readonly namespace?: Knowable<string>;
  readonly uid?: Knowable<string>;
  readonly resourceVersion?: Knowable<string>;
  readonly generation?: Knowable<number>;
  readonly creationTimestamp?: Knowable<string>;
  readonly deletionTimestamp?: Knowable<string>;
  readonly deletionGracePeriodSeconds?: Knowable<number>;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly ownerReferences?: Knowable<readonly OwnerReference[]>;
  readonly finalizers?: StringList;
  readonly managedFields?: Knowable<readonly ManagedFieldsEntry[]>;
}

export type StringMap = Knowable<Readonly<Record<string, Knowable<string>>>>;
export type StringList = Knowable<readonly Knowable<string>[]>;

export interface OwnerReference {
  readonly apiVersion?: Knowable<string>;
  readonly kind?: Knowable<string>;
  readonly name?: Knowable<string>;
  readonly uid?: Knowable<string>;
  readonly controller?: Knowable<boolean>;
  readonly blockOwnerDeletion?: Knowable<boolean>;
}

export interface ManagedFieldsEntry {
  readonly manager?: Knowable<string>;
  readonly operation?: Knowable<string>;
  readonly apiVersion?: Knowable<string>;
  readonly time?: Knowable<string>;
  readonly fieldsType?: Knowable<string>;
  readonly fieldsV1?: Knowable<object>;
  readonly subresource?: Knowable<string>;
}

export interface ServiceSpec {
  readonly ports?: Knowable<readonly ServicePortObject[]>;
  readonly selector?: StringMap;
  readonly clusterIP?: Knowable<string>;
  readonly clusterIPs?: StringList;
  readonly type?: Knowable<string>;
  readonly externalIPs?: StringList;
  readonly sessionAffinity?: Knowable<string>;
  readonly loadBalancerIP?: Knowable<string>;
  readonly loadBalancerSourceRanges?: StringList;
  readonly externalName?: Knowable<string>;
  readonly externalTrafficPolicy?: Knowable<string>;
  readonly healthCheckNodePort?: Knowable<number>;
  readonly publishNotReadyAddresses?: Knowable<boolean>;
  readonly sessionAffinityConfig?: Knowable<SessionAffinityConfig>;
  readonly ipFamilies?: StringList;
  readonly ipFamilyPolicy?: Knowable<string>;
  readonly allocateLoadBalancerNodePorts?: Knowable<boolean>;
  readonly loadBalancerClass?: Knowable<string>;
  readonly internalTrafficPolicy?: Knowable<string>;
  readonly trafficDistribution?: Knowable<string>;
}

export interface ServicePortObject {
  readonly name?: Knowable<string>;
  readonly protocol?: Knowable<string>;
  readonly appProtocol?: Knowable<string>;
  readonly port?: Knowable<number>;
  readonly targetPort?: Knowable<number | string>;
  readonly nodePort?: Knowable<number>;
}

export interface SessionAffinityConfig {
  readonly clientIP?: Knowable<ClientIPConfig>;
}

export interface ClientIPConfig {
  readonly timeoutSeconds?: Knowable<number>;
}

export interface ServiceStatus {
  readonly loadBalancer?: Knowable<LoadBalancerStatus>;
  readonly conditions?: Knowable<readonly ConditionObject[]>;
}

export interface LoadBalancerStatus {
  readonly ingress?: Knowable<readonly LoadBalancerIngress[]>;
}

export interface LoadBalancerIngress {
  readonly ip?: Knowable<string>;
  readonly hostname?: Knowable<string>;
  readonly ipMode?: Knowable<string>;
  readonly ports?: Knowable<readonly PortStatus[]>;
}

export interface PortStatus {
  readonly port?: Knowable<number>;
  readonly protocol?: Knowable<string>;
  readonly error?: Knowable<string>;
}

export interface ConditionObject {
  readonly type?: Knowable<string>;
  readonly status?: Knowable<string>;
  readonly observedGeneration?: Knowable<number>;
  readonly lastTransitionTime?: Knowable<string>;
  readonly reason?: Knowable<string>;
  readonly message?: Knowable<string>;
}
