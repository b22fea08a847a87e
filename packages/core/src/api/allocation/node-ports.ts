import { isUnknown, type Knowable, type Unknown } from "../../model";
import { amended } from "../service/absent";
import { isToBeAllocated, toBeAllocated } from "./allocated";
import { failed, type Check } from "../answer/check";
import { goPlain, invalid, type FieldError } from "../answer/field-error";
import type { Step } from "./ip-families";
import type { PortPool, PortRefused } from "./port-pool";
import { allocatesNodePorts, needsHealthCheck } from "../service/service-facts";
import type { ServiceObject, ServicePortObject } from "../service/service-object";
import { decide, isOneOf } from "../service/truth";

/**
 * Node ports of a new Service (k/k pkg/registry/core/service/storage/alloc.go initNodePorts): ports of one number (53/TCP and
 * 53/UDP) share one node port, whether asked for or allocated.
 */
export function withNodePorts(service: ServiceObject, pool: PortPool): Step {
  const { type, ports } = service.spec;
  const typed = isOneOf(type, "NodePort", "LoadBalancer");
  if (typed === false || ports === undefined || isUnknown(ports)) return { service, checks: [] };
  const chosen = new Map<number, Knowable<number>>();
  return eachPort(service, ports, (port, i) => {
    const path = nodePortPath(i);
    const number = isUnknown(port.port) ? undefined : (port.port ?? 0);
    const shared = number === undefined ? undefined : chosen.get(number);
    const asked = port.nodePort ?? shared ?? sameNumber(ports, number);
    const nodePort = asked ?? allocated(service, path);
    if (nodePort === undefined || (port.nodePort === undefined && allocatesNodePorts(service) === false)) {
      return { port, checks: [] };
    }
    if (number !== undefined && shared === undefined) chosen.set(number, nodePort);
    const fresh = typed === true && asked !== undefined && asked !== shared;
    return { port: amended(port, { nodePort }), checks: fresh ? reserve(asked, path, pool) : [] };
  });
}

/** Goes through the ports until one cannot be had; the server stops there too. */
export function eachPort(
  service: ServiceObject,
  ports: readonly ServicePortObject[],
  step: (
    port: ServicePortObject,
    i: number,
  ) => { readonly port: ServicePortObject; readonly checks: readonly Check[] },
): Step {
  const given: ServicePortObject[] = [];
  const checks: Check[] = [];
  for (const [i, port] of ports.entries()) {
    const next = step(port, i);
    checks.push(...next.checks);
    if (failed(next.checks)) break;
    given.push(next.port);
  }
  const all = [...given, ...ports.slice(given.length)];
  return { service: { ...service, spec: { ...service.spec, ports: all } }, checks };
}

function sameNumber(
  ports: readonly ServicePortObject[],
  number: number | undefined,
): Knowable<number> | undefined {
  if (number === undefined) return undefined;
  return ports.find(({ port = 0, nodePort }) => port === number && nodePort !== undefined)?.nodePort;
}

export function nodePortPath(i: number): string {
  return `spec.ports[${i}].nodePort`;
}

/** The node port of a port that asks for none. */
export function allocated(service: ServiceObject, path: string): Knowable<number> | undefined {
  return decide<Unknown | undefined>(
    allocatesNodePorts(service),
    () => toBeAllocated(path, service),
    () => undefined,
    (what) => what,
  );
}

export function reserve(nodePort: Knowable<number>, path: string, pool: PortPool): readonly Check[] {
  if (isToBeAllocated(nodePort)) return [];
  if (isUnknown(nodePort)) return [{ path, unknown: nodePort }];
  const refused = pool.take(nodePort);
  return refused === undefined
    ? []
    : [{ ...invalid(path, goPlain(nodePort), refused.message), onDryRun: refused.onDryRun }];
}

/** alloc.go allocHealthCheckNodePort. The server answers with status 500 and names no field. */
export function withHealthCheckPort(service: ServiceObject, pool: PortPool): Step {
  const path = "spec.healthCheckNodePort";
  const { healthCheckNodePort } = service.spec;
  const needed = needsHealthCheck(service);
  if (needed === false) return { service, checks: [] };
  if (healthCheckNodePort === undefined) {
    const port = isUnknown(needed) ? needed : toBeAllocated(path, service);
    return {
      service: { ...service, spec: amended(service.spec, { healthCheckNodePort: port }) },
      checks: [],
    };
  }
  if (isUnknown(needed) || isToBeAllocated(healthCheckNodePort)) return { service, checks: [] };
  if (isUnknown(healthCheckNodePort)) return { service, checks: [{ path, unknown: healthCheckNodePort }] };
  const refused = pool.take(healthCheckNodePort);
  return { service, checks: refused === undefined ? [] : [notAllocated(healthCheckNodePort, refused)] };
}

function notAllocated(port: number, refused: PortRefused): FieldError {
  const message = `failed to allocate requested HealthCheck NodePort ${port}: ${refused.message}`;
  return {
    path: "",
    kind: "InternalError",
    value: goPlain(port),
    message,
    line: `Internal error occurred: ${message}`,
    fact: "K8S:-",
    onDryRun: refused.onDryRun,
  };
}
