import { isUnknown, mapKnown, type Knowable } from "../model";
import { withoutAbsent } from "./absent";
import { toBeAllocated } from "./allocated";
import { withIPFamilies } from "./ip-families";
import { allocatesNodePorts, needsClusterIP, needsHealthCheck } from "./service-facts";
import type { ServiceObject, ServicePortObject, StringList } from "./service-object";
import { decide, type Truth } from "./truth";

/** What an answer may depend on beside the Service: how the API server was started. */
export interface ApiServer {
  /** `--service-cluster-ip-range`: the families of its ranges, the default one first. Absent: not known. */
  readonly serviceIPFamilies?: readonly ("IPv4" | "IPv6")[];
}

/**
 * What the server fills in when a Service with its defaults is created: each value that it would choose is `ToBeAllocated`
 * (k/k pkg/registry/core/service/storage/alloc.go allocateCreate).
 */
export function withAllocations(service: ServiceObject, server: ApiServer = {}): ServiceObject {
  const familied = withIPFamilies(withPluralClusterIPs(service), server);
  const { spec } = familied;
  return {
    ...familied,
    spec: withoutAbsent({
      ...spec,
      ...clusterIPs(familied),
      ports: mapKnown(spec.ports, (ports) => ports && withNodePorts(familied, ports)),
      healthCheckNodePort:
        spec.healthCheckNodePort ??
        allocatedIf(needsHealthCheck(familied), familied, "spec.healthCheckNodePort"),
    }),
  };
}

function allocatedIf(truth: Truth, service: ServiceObject, field: string): Knowable<number> | undefined {
  return decide<Knowable<number> | undefined>(
    truth,
    () => toBeAllocated(field, service),
    () => undefined,
    (what) => what,
  );
}

/** k/k pkg/registry/core/service/storage/storage.go normalizeClusterIPs, on create. */
export function withPluralClusterIPs(service: ServiceObject): ServiceObject {
  const { clusterIP, clusterIPs: written } = service.spec;
  if (clusterIP === undefined || isUnknown(written) || (written?.length ?? 0) > 0) return service;
  return { ...service, spec: { ...service.spec, clusterIPs: [clusterIP] } };
}

/** One address for each family; the first is also the singular field. */
function clusterIPs(service: ServiceObject): { clusterIP?: Knowable<string>; clusterIPs?: StringList } {
  const { clusterIP, clusterIPs: written, ipFamilies } = service.spec;
  return decide(
    needsClusterIP(service),
    () => {
      const plural = mapKnown(written, (ips = []): StringList => {
        if (ips[0] === "None") return ips;
        if (isUnknown(ipFamilies)) return ips.length > 0 ? ips : toBeAllocated("spec.clusterIPs", service);
        const families = ipFamilies ?? [];
        const count = Math.max(families.length, ips.length);
        return Array.from({ length: count }, (_, i) =>
          given(ips[i]) ? ips[i] : toBeAllocated(`spec.clusterIPs[${i}]`, service),
        );
      });
      const first = isUnknown(plural) ? plural : plural?.[0];
      return {
        clusterIP: clusterIP ?? (first && toBeAllocated("spec.clusterIP", service)),
        clusterIPs: plural,
      };
    },
    () => ({ clusterIP, clusterIPs: written }),
    (what) => ({ clusterIP: clusterIP ?? what, clusterIPs: written ?? what }),
  );
}

function given<T>(value: T | "" | undefined): value is T {
  return value !== undefined && value !== "";
}

/**
 * Ports of one number (53/TCP and 53/UDP) share one node port, whether asked for or allocated (alloc.go initNodePorts).
 */
function withNodePorts(
  service: ServiceObject,
  ports: readonly ServicePortObject[],
): readonly ServicePortObject[] {
  const allocates = allocatesNodePorts(service);
  if (allocates === false) return ports;
  const chosen = new Map<number, Knowable<number>>();
  return ports.map((port, i) => {
    if (isUnknown(allocates)) return { ...port, nodePort: port.nodePort ?? allocates };
    if (isUnknown(port.port)) {
      return { ...port, nodePort: port.nodePort ?? toBeAllocated(`spec.ports[${i}].nodePort`, service) };
    }
    const number = port.port ?? 0;
    const asked = ports.find((other) => other.port === port.port && other.nodePort !== undefined)?.nodePort;
    const nodePort = chosen.get(number) ?? asked ?? toBeAllocated(`spec.ports[${i}].nodePort`, service);
    chosen.set(number, nodePort);
    return { ...port, nodePort: port.nodePort ?? nodePort };
  });
}
