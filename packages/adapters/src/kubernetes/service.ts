import {
  defaultService,
  isToBeAllocated,
  type ServiceObject,
  type ServicePortObject,
} from "@evenkeel/core/api";
import {
  isUnknown,
  mapKnown,
  SERVICE_TYPES,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  unknownAt,
  type IngressAddress,
  type Knowable,
  type ObjectRef,
  type Protocol,
  type Service,
  type ServicePort,
  type Unknown,
} from "@evenkeel/core/model";
import { dig, isAbsent } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";

/** A Service with what it could not say. */
export interface ReadService {
  readonly service: Service;
  /** Annotations or ports that are not known as a whole, behind which anything may stand. */
  readonly unknown: readonly Unknown[];
  /** On its way out: controllers let go of it. */
  readonly deleting: boolean;
}

/**
 * The Service as stored. One that was read from an API server (it has a uid) has got all it will ever get; for any other the server
 * has ports still to allocate, which are unknown until then.
 */
export function readService(
  { ref, field }: OpenObject,
  options: { readonly kubernetesVersion?: string } = {},
): ReadService {
  const { metadata, spec, status } = defaultService(field.value, options);
  const fromServer = typeof metadata.uid === "string" || typeof metadata.resourceVersion === "string";
  const allocated = <T>(value: Knowable<T> | undefined) =>
    fromServer && isToBeAllocated(value) ? undefined : owned(value, ref);
  const selector = spec.selector === undefined ? undefined : knownMap(spec.selector, "spec.selector");
  const ipFamilies = allocated(spec.ipFamilies);
  const service: Service = present({
    ref,
    labels: mapOf(metadata.labels),
    annotations: mapOf(metadata.annotations),
    type: closed(spec.type, SERVICE_TYPES, "spec.type") ?? "ClusterIP",
    headless: spec.clusterIP === "None",
    selector:
      selector !== undefined && !isUnknown(selector) && Object.keys(selector).length === 0
        ? undefined
        : selector,
    ports: listOf(spec.ports).map((port, index) => portOf(port, index, allocated(port.nodePort))),
    externalTrafficPolicy: closed(spec.externalTrafficPolicy, TRAFFIC_POLICIES, "spec.externalTrafficPolicy"),
    internalTrafficPolicy:
      closed(spec.internalTrafficPolicy, TRAFFIC_POLICIES, "spec.internalTrafficPolicy") ?? "Cluster",
    healthCheckNodePort: allocated(spec.healthCheckNodePort),
    allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts,
    loadBalancerClass: spec.loadBalancerClass,
    loadBalancerIP: spec.loadBalancerIP,
    loadBalancerSourceRanges: knownList(spec.loadBalancerSourceRanges, "spec.loadBalancerSourceRanges"),
    sessionAffinity: closed(spec.sessionAffinity, ["None", "ClientIP"], "spec.sessionAffinity") ?? "None",
    publishNotReadyAddresses: spec.publishNotReadyAddresses ?? false,
    trafficDistribution: closed(spec.trafficDistribution, TRAFFIC_DISTRIBUTIONS, "spec.trafficDistribution"),
    externalIPs: knownList(spec.externalIPs, "spec.externalIPs"),
    ipFamilies: ipFamilies === undefined ? undefined : knownList(ipFamilies, "spec.ipFamilies"),
    ingress: ingressOf(status),
  });
  return {
    service,
    unknown: [metadata.annotations, spec.ports].filter((part) => isUnknown(part)),
    deleting: !isAbsent(dig(field, "metadata", "deletionTimestamp")),
  };
}

const PROTOCOLS: readonly Protocol[] = ["TCP", "UDP", "SCTP"];

/** A port that lacks its number is refused by the API server; here its number is not known. */
function portOf(port: ServicePortObject, index: number, nodePort: Knowable<number> | undefined): ServicePort {
  const path = `spec.ports[${index}]`;
  const number = port.port ?? unknownAt(`${path}.port`);
  return present({
    name: typeof port.name === "string" ? port.name : "",
    protocol: closed(port.protocol, PROTOCOLS, `${path}.protocol`) ?? "TCP",
    port: number,
    targetPort: port.targetPort ?? number,
    nodePort,
    appProtocol: port.appProtocol,
  });
}

/**
 * A word of a closed set. Another word is refused by the API server (whose own words `validateService` of core gives), so what the
 * field will be is not known.
 */
function closed<T extends string>(
  value: Knowable<string> | undefined,
  allowed: readonly T[],
  path: string,
): Knowable<T> | undefined {
  if (value === undefined || isUnknown(value)) return value;
  return allowed.find((word) => word === value) ?? unknownAt(path);
}

/** The server's markers name the Service as it was written; here it has the name that everything else uses. */
function owned<T>(value: Knowable<T> | undefined, ref: ObjectRef): Knowable<T> | undefined {
  if (!isToBeAllocated(value)) return value;
  const resource = ref.urn ?? `${ref.kind}/${ref.namespace ?? ""}/${ref.name}`;
  const renamed: Unknown = { ...value, origin: { ...value.origin, resource } };
  return renamed;
}

function mapOf(map: ServiceObject["metadata"]["annotations"]): Service["annotations"] {
  return map === undefined || isUnknown(map) ? {} : map;
}

function listOf<T>(list: Knowable<readonly T[]> | undefined): readonly T[] {
  return list === undefined || isUnknown(list) ? [] : list;
}

/** One unknown value makes the selector unknown: whom it selects cannot be told. */
function knownMap(
  map: Knowable<Readonly<Record<string, Knowable<string>>>>,
  path: string,
): Knowable<Readonly<Record<string, string>>> {
  if (isUnknown(map)) return map;
  const known: [string, string][] = [];
  for (const [key, value] of Object.entries(map)) {
    if (isUnknown(value)) return unknownAt(`${path}.${key}`, value.origin);
    known.push([key, value]);
  }
  return Object.fromEntries(known);
}

function knownList(
  list: Knowable<readonly Knowable<string>[]> | undefined,
  path: string,
): Knowable<readonly string[]> {
  if (list === undefined || isUnknown(list)) return list ?? [];
  const known: string[] = [];
  for (const [index, value] of list.entries()) {
    if (isUnknown(value)) return unknownAt(`${path}[${index}]`, value.origin);
    known.push(value);
  }
  return known;
}

function ingressOf(status: ServiceObject["status"]): Service["ingress"] {
  const balancer = status.loadBalancer;
  if (balancer === undefined || isUnknown(balancer)) return [];
  return listOf(balancer.ingress).map((entry): IngressAddress => {
    const known = <T>(value: Knowable<T> | undefined) => (isUnknown(value) ? undefined : value);
    const ipMode = known(
      mapKnown(entry.ipMode ?? "", (mode) => (mode === "VIP" || mode === "Proxy" ? mode : undefined)),
    );
    return present({ ip: known(entry.ip), hostname: known(entry.hostname), ipMode });
  });
}
