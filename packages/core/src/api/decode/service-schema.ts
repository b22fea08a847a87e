import {
  boolean,
  decode,
  integer,
  intOrString,
  list,
  member,
  pointer,
  rawObject,
  string,
  stringMap,
  strings,
  struct,
  time,
  type DecodeReport,
} from "./decode";
import type {
  ClientIPConfig,
  ConditionObject,
  LoadBalancerIngress,
  LoadBalancerStatus,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
  PortStatus,
  ServiceObject,
  ServicePortObject,
  ServiceSpec,
  ServiceStatus,
  SessionAffinityConfig,
} from "../service/service-object";

// The fields of v1.Service with their Go types (k8s.io/api core/v1/types.go, k8s.io/apimachinery meta/v1/types.go).

const servicePort = struct<ServicePortObject>("ServicePort", {
  name: string(),
  protocol: string("v1.Protocol"),
  appProtocol: string("string", true),
  port: integer("int32"),
  targetPort: intOrString,
  nodePort: integer("int32"),
});

const clientIPConfig = struct<ClientIPConfig>("ClientIPConfig", { timeoutSeconds: integer("int32", true) });

const sessionAffinityConfig = struct<SessionAffinityConfig>("SessionAffinityConfig", {
  clientIP: pointer(clientIPConfig),
});

const spec = struct<ServiceSpec>("ServiceSpec", {
  ports: list(servicePort),
  selector: stringMap,
  clusterIP: string(),
  clusterIPs: strings(),
  type: string("v1.ServiceType"),
  externalIPs: strings(),
  sessionAffinity: string("v1.ServiceAffinity"),
  loadBalancerIP: string(),
  loadBalancerSourceRanges: strings(),
  externalName: string(),
  externalTrafficPolicy: string("v1.ServiceExternalTrafficPolicy"),
  healthCheckNodePort: integer("int32"),
  publishNotReadyAddresses: boolean(),
  sessionAffinityConfig: pointer(sessionAffinityConfig),
  ipFamilies: strings("v1.IPFamily"),
  ipFamilyPolicy: string("v1.IPFamilyPolicy", true),
  allocateLoadBalancerNodePorts: boolean(true),
  loadBalancerClass: string("string", true),
  internalTrafficPolicy: string("v1.ServiceInternalTrafficPolicy", true),
  trafficDistribution: string("string", true),
});

const portStatus = struct<PortStatus>("PortStatus", {
  port: integer("int32"),
  protocol: string("v1.Protocol"),
  error: string("string", true),
});

const ingress = struct<LoadBalancerIngress>("LoadBalancerIngress", {
  ip: string(),
  hostname: string(),
  ipMode: string("v1.LoadBalancerIPMode", true),
  ports: list(portStatus),
});

const condition = struct<ConditionObject>("Condition", {
  type: string(),
  status: string("v1.ConditionStatus"),
  observedGeneration: integer("int64"),
  lastTransitionTime: time,
  reason: string(),
  message: string(),
});

const status = struct<ServiceStatus>("ServiceStatus", {
  loadBalancer: member(struct<LoadBalancerStatus>("LoadBalancerStatus", { ingress: list(ingress) })),
  conditions: list(condition),
});

const ownerReference = struct<OwnerReference>("OwnerReference", {
  apiVersion: string(),
  kind: string(),
  name: string(),
  uid: string("types.UID"),
  controller: boolean(true),
  blockOwnerDeletion: boolean(true),
});

const managedFields = struct<ManagedFieldsEntry>("ManagedFieldsEntry", {
  manager: string(),
  operation: string("v1.ManagedFieldsOperationType"),
  apiVersion: string(),
  time,
  fieldsType: string(),
  fieldsV1: rawObject,
  subresource: string(),
});

/** `metadata` of any object. */
export const objectMeta = struct<ObjectMeta>(
  "ObjectMeta",
  {
    name: string(),
    generateName: string(),
    namespace: string(),
    uid: string("types.UID"),
    resourceVersion: string(),
    generation: integer("int64"),
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: integer("int64", true),
    labels: stringMap,
    annotations: stringMap,
    ownerReferences: list(ownerReference),
    finalizers: strings(),
    managedFields: list(managedFields),
  },
  ["selfLink"],
);

const service = struct<Partial<ServiceObject>>("Service", {
  apiVersion: string(),
  kind: string(),
  metadata: member(objectMeta),
  spec: member(spec),
  status: member(status),
});

/** Reads any JSON as a Service; what could not be read is in the report. Never throws. */
export function decodeService(written: unknown): { object: ServiceObject; report: DecodeReport } {
  const { value, report } = decode(member(service), written);
  return { object: { metadata: {}, spec: {}, status: {}, ...value }, report };
}
