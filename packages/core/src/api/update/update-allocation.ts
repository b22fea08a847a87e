import { isUnknown, mapKnown, type Knowable } from "../../model";
import { inOrder, withClusterIPs } from "../allocation/allocation";
import { toBeAllocated } from "../allocation/allocated";
import type { ApiServer } from "../allocation/api-server";
import { sameStrings, staysPreferDualStack, withIPFamilies, type Step } from "../allocation/ip-families";
import type { FieldError } from "../answer/field-error";
import { allocated, eachPort, nodePortPath, reserve, withHealthCheckPort } from "../allocation/node-ports";
import { portPool, type PortPool } from "../allocation/port-pool";
import type { ApiTraits } from "../../releases";
import { needsHealthCheck } from "../service/service-facts";
import type { ServiceObject, ServicePortObject, ServiceSpec, StringList } from "../service/service-object";
import { and, isOneOf, or } from "../service/truth";

/**
 * What the server keeps, fills in and gives out when a Service is replaced, before it validates
 * (k/k pkg/registry/core/service/storage/storage.go beginUpdate, alloc.go allocateUpdate).
 */
export function allocateUpdate(
  service: ServiceObject,
  stored: ServiceObject,
  server: ApiServer,
  release: ApiTraits,
): Step {
  const pool = portPool(server, portsOf(stored));
  return inOrder(withSingularChange(withStoredValues(service, stored), stored), [
    (next) => withIPFamilies(next, stored, server, release),
    (next) => withChangedClusterIPs(next, stored, server),
    (next) => withUpdatedNodePorts(next, stored, pool),
    (next) =>
      needsHealthCheck(stored) === true ? { service: next, checks: [] } : withHealthCheckPort(next, pool),
  ]);
}

function portsOf({ spec }: ServiceObject): readonly number[] {
  return [
    ...nodePortsOf(spec),
    ...(typeof spec.healthCheckNodePort === "number" ? [spec.healthCheckNodePort] : []),
  ];
}

export function nodePortsOf({ ports }: ServiceSpec): readonly number[] {
  if (ports === undefined || isUnknown(ports)) return [];
  return ports.flatMap(({ nodePort }) => (typeof nodePort === "number" ? [nodePort] : []));
}

/** What was given out before stays, for a manifest that does not say it (storage.go patchAllocatedValues). */
function withStoredValues(service: ServiceObject, stored: ServiceObject): ServiceObject {
  const { spec } = service;
  const { spec: before } = stored;
  const addressed = [service, stored].every((either) => isOneOf(either.spec.type, "ExternalName") === false);
  const bothAllocate = and(hasNodePorts(service), hasNodePorts(stored)) === true;
  const bothChecked = and(needsHealthCheck(service), needsHealthCheck(stored)) === true;
  return {
    ...service,
    spec: {
      ...spec,
      ...(addressed && {
        clusterIP: spec.clusterIP ?? before.clusterIP,
        clusterIPs:
          isEmpty(spec.clusterIPs) && !isEmpty(before.clusterIPs) ? before.clusterIPs : spec.clusterIPs,
      }),
      ...(bothAllocate && { ports: withStoredNodePorts(spec, before) }),
      ...(bothChecked && { healthCheckNodePort: spec.healthCheckNodePort ?? before.healthCheckNodePort }),
    },
  };
}

/** storage.go needsNodePort */
function hasNodePorts({ spec }: ServiceObject) {
  return or(
    isOneOf(spec.type, "NodePort"),
    and(isOneOf(spec.type, "LoadBalancer"), isOneOf(spec.allocateLoadBalancerNodePorts ?? true, true)),
  );
}

/** By the name of the port, unless the number is in use for another port by now. */
function withStoredNodePorts(spec: ServiceSpec, before: ServiceSpec): ServiceSpec["ports"] {
  const inNew = nodePortsOf(spec);
  const used = new Set(nodePortsOf(before).filter((port) => inNew.includes(port)));
  const stored = before.ports === undefined || isUnknown(before.ports) ? [] : before.ports;
  const byName = new Map(stored.map(({ name = "", nodePort }) => [name, nodePort]));
  return mapKnown(spec.ports, (ports) =>
    ports?.map((port) => {
      const { name = "", nodePort } = port;
      const old = byName.get(name);
      const kept = nodePort === undefined && typeof old === "number" && !used.has(old);
      return kept ? { ...port, nodePort: old } : port;
    }),
  );
}

function isEmpty(list: StringList | undefined): boolean {
  return list === undefined || (!isUnknown(list) && list.length === 0);
}

/** Who writes only the singular field means the plural one too (storage.go normalizeClusterIPs, on update). */
function withSingularChange(service: ServiceObject, stored: ServiceObject): ServiceObject {
  const { clusterIP, clusterIPs } = service.spec;
  const { clusterIP: ipBefore, clusterIPs: before } = stored.spec;
  const withPlural = (plural: StringList | undefined) => ({
    ...service,
    spec: { ...service.spec, clusterIPs: plural },
  });
  if (isUnknown(clusterIP) || isUnknown(clusterIPs)) return service;
  if (clusterIP === ipBefore) return isEmpty(clusterIPs) && !isEmpty(before) ? withPlural(before) : service;
  if (!sameStrings(clusterIPs, before)) return service;
  return withPlural(clusterIP === undefined ? undefined : [clusterIP]);
}

/** alloc.go updateClusterIPs. What is given back is not our concern. */
function withChangedClusterIPs(
  service: ServiceObject,
  stored: ServiceObject,
  { serviceIPFamilies: configured }: ApiServer,
): Step {
  const unchanged: Step = { service, checks: [] };
  if (staysPreferDualStack(service, stored)) return unchanged;
  if (isOneOf(stored.spec.type, "ExternalName") === true)
    return { service: withClusterIPs(service), checks: [] };
  const { ipFamilies, clusterIPs = [] } = service.spec;
  const upgraded = count(stored.spec.ipFamilies) === 1 && count(ipFamilies) === 2;
  if (isOneOf(service.spec.type, "ExternalName") === true || firstIsNone(stored) || !upgraded)
    return unchanged;
  const second = ipFamilies === undefined || isUnknown(ipFamilies) ? undefined : ipFamilies[1];
  if (configured && !isUnknown(second) && !configured.some((family) => family === second)) {
    return { service, checks: [PANIC] };
  }
  const both = mapKnown(clusterIPs, (ips): readonly Knowable<string>[] =>
    ips.length < 2 ? [...ips, toBeAllocated("spec.clusterIPs[1]", service)] : ips,
  );
  return { service: { ...service, spec: { ...service.spec, clusterIPs: both } }, checks: [] };
}

/**
 * A Service with one address becomes headless and dual stack on a cluster of one family: kube-apiserver 1.36 asks for an allocator
 * that is not there. The text is that of apiserver server/filters/wrap.go.
 */
const PANIC: FieldError = {
  path: "",
  kind: "InternalError",
  message: "This request caused apiserver to panic. Look in the logs for details.",
  line: "This request caused apiserver to panic. Look in the logs for details.",
  fact: "K8S:spec.ipFamilies",
};

function firstIsNone({ spec }: ServiceObject): boolean {
  return Array.isArray(spec.clusterIPs) && spec.clusterIPs[0] === "None";
}

function count(list: StringList | undefined): number {
  return list === undefined || isUnknown(list) ? 0 : list.length;
}

/** alloc.go updateNodePorts: unlike on create, ports of one number do not share a node port. */
function withUpdatedNodePorts(service: ServiceObject, stored: ServiceObject, pool: PortPool): Step {
  const { type, ports } = service.spec;
  if (isOneOf(type, "NodePort", "LoadBalancer") !== true || ports === undefined || isUnknown(ports)) {
    return { service, checks: [] };
  }
  const held = new Set(nodePortsOf(stored.spec));
  const given: ServicePortObject[] = [];
  return eachPort(service, ports, (port, i) => {
    const path = nodePortPath(i);
    const nodePort = port.nodePort ?? allocated(service, path);
    if (nodePort === undefined) return { port, checks: [] };
    const mine = typeof nodePort === "number" && held.has(nodePort);
    const reserved = port.nodePort === undefined || mine ? [] : reserve(nodePort, path, pool);
    if (typeof nodePort === "number") held.add(nodePort);
    const twice =
      typeof nodePort === "number" &&
      given.some((other) => other.nodePort === nodePort && isOneOf(other.protocol, port.protocol) === true);
    const next = { ...port, nodePort };
    given.push(next);
    return { port: next, checks: twice && reserved.length === 0 ? [duplicateNodePort(next)] : reserved };
  });
}

/** An error of no kind and no field: status 500. */
function duplicateNodePort({ protocol, nodePort }: ServicePortObject) {
  const message = `duplicate nodePort: {${String(protocol)} ${String(nodePort)}}`;
  return {
    path: "",
    kind: "InternalError" as const,
    message,
    line: message,
    fact: "K8S:spec.ports[i].nodePort",
  };
}
