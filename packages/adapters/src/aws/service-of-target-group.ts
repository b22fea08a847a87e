import {
  displayName,
  isKnown,
  isUnknown,
  unknownAt,
  type Knowable,
  type Missing,
  type Service,
  type ServicePort,
} from "@evenkeel/core/model";
import { linksTo } from "./link";
import { SERVICE_TAG, taggedService, type TargetGroupRecord } from "./target-group";
import type { BindingRecord } from "../kubernetes/target-group-binding";
import { inOverlay } from "../join/overlay";
import { inScope } from "../join/scope";

/** A Service that may be behind, with its cluster. */
export interface Candidate {
  readonly service: Service;
  readonly scope?: string;
}

/** All of them, found by their URNs without a walk for each target group. */
export interface Candidates {
  readonly all: readonly Candidate[];
  readonly byUrn: ReadonlyMap<string, Service>;
}

export function indexCandidates(all: readonly Candidate[]): Candidates {
  const withUrn = all.flatMap(({ service }) =>
    service.ref.urn ? [[service.ref.urn, service] as const] : [],
  );
  return { all, byUrn: new Map(withUrn) };
}

/** The Service behind a target group, and how that is known. */
export interface Behind {
  readonly service: Service;
  readonly port: Knowable<number>;
  readonly binding?: BindingRecord;
}

/**
 * The Service behind a target group, by what says it most plainly: a TargetGroupBinding, a tag, the Service that its port or health
 * check was computed from, a node port or health-check node port that no other Service has. Or why it cannot be told.
 */
export function behindTargetGroup(
  group: TargetGroupRecord,
  bindings: readonly BindingRecord[],
  services: Candidates,
  listenerPort: Knowable<number> | undefined,
): Behind | Missing {
  const binding = bindings.find(({ targetGroup }) => linksTo(targetGroup, group));
  if (binding) {
    const service = boundService(binding, services);
    return service ? { service, port: boundPort(binding, service), binding } : missingBound(group, binding);
  }
  const tagged = taggedService(group);
  if (tagged) {
    const service = named(services.all, tagged)[0]?.service;
    if (!service)
      return missing(
        group,
        `its tag ${SERVICE_TAG} names ${tagged.namespace}/${tagged.name}, which is not in this input`,
      );
    return { service, port: portOf(group, service, listenerPort) };
  }
  const found = candidates(group, services);
  const [service, ...others] = found;
  if (service && others.length === 0) return { service, port: portOf(group, service, listenerPort) };
  return missing(
    group,
    found.length === 0
      ? noneFound(group)
      : `${found.map(({ ref }) => displayName(ref)).join(" and ")} could be behind it`,
  );
}

/** Services that could be behind, by the first sign that names any. */
function candidates(group: TargetGroupRecord, { all, byUrn }: Candidates): readonly Service[] {
  const fedBy = (urns: readonly string[]) => [...new Set(urns)].flatMap((urn) => byUrn.get(urn) ?? []);
  const those = (test: (service: Service) => boolean) =>
    all.flatMap(({ service }) => (test(service) ? [service] : []));
  const signs = [
    () => fedBy(group.feeders.port),
    () => fedBy(group.feeders.healthCheck),
    () => (group.targets.value === "instance" ? those((one) => nodePortIndex(group, one) !== -1) : []),
    () => those((one) => asksHealthPortOf(group, one)),
  ];
  for (const sign of signs) {
    const found = sign();
    if (found.length > 0) return found;
  }
  return [];
}

function nodePortIndex({ port }: TargetGroupRecord, { ports }: Service): number {
  return isUnknown(port.value)
    ? -1
    : ports.findIndex(({ nodePort }) => nodePort !== undefined && nodePort === port.value);
}

function asksHealthPortOf({ healthCheck }: TargetGroupRecord, { healthCheckNodePort }: Service): boolean {
  const asked = healthCheck.port.value;
  return typeof asked === "number" && healthCheckNodePort !== undefined && asked === healthCheckNodePort;
}

/** Port of the Service: by node port or pod port, as the only one, or as the one that the listener has the number of. */
function portOf(
  group: TargetGroupRecord,
  service: Service,
  listenerPort: Knowable<number> | undefined,
): Knowable<number> {
  const { ports } = service;
  const byNodePort = ports[nodePortIndex(group, service)];
  if (byNodePort) return byNodePort.port;
  if (ports.length === 1 && ports[0]) return ports[0].port;
  const byPodPort =
    group.targets.value === "ip"
      ? only(ports, ({ targetPort }) => isKnown(group.port.value) && targetPort === group.port.value)
      : undefined;
  const byListener = only(
    ports,
    ({ port }) => listenerPort !== undefined && isKnown(listenerPort) && port === listenerPort,
  );
  return (
    (byPodPort ?? byListener)?.port ??
    unknownAt("port", { resource: service.ref.urn ?? displayName(service.ref) })
  );
}

function only<T>(all: readonly T[], test: (one: T) => boolean): T | undefined {
  const [first, ...others] = all.filter(test);
  return others.length === 0 ? first : undefined;
}

/** Service of a binding: by name in its namespace, or by the one Service that its spec was computed from. */
export function boundService(
  { ref: binding, service: { namespace, name }, feeders, scope }: BindingRecord,
  { all: services }: Candidates,
): Service | undefined {
  const fed = services.filter(({ service: { ref } }) => ref.urn !== undefined && feeders.includes(ref.urn));
  if (isUnknown(name)) return only(fed, () => true)?.service;
  const all = inScope(named(services, { namespace, name }), scope);
  const [found] = inOverlay(all, ({ service }) => service.ref, binding, []);
  return (found ?? only(fed, ({ service: { ref } }) => ref.name === name))?.service;
}

function named(
  services: readonly Candidate[],
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly Candidate[] {
  return services.filter(({ service: { ref } }) => ref.namespace === namespace && ref.name === name);
}

export function boundPort({ service: { port }, ref }: BindingRecord, service: Service): Knowable<number> {
  if (isUnknown(port)) return unknownAt("spec.serviceRef.port", port.origin);
  const found = portNamed(service, port);
  return (
    found?.port ??
    (typeof port === "number" ? port : unknownAt("spec.serviceRef.port", { resource: displayName(ref) }))
  );
}

export function portNamed({ ports }: Service, port: Knowable<number | string>): ServicePort | undefined {
  return isUnknown(port) ? undefined : ports.find((one) => one.port === port || one.name === port);
}

function noneFound({ feeders }: TargetGroupRecord): string {
  const [from] = [...feeders.port, ...feeders.healthCheck];
  return from === undefined
    ? "neither its port nor its health check names a Service of this input"
    : `its values come from ${from}, which is no Service of this input`;
}

function missingBound(group: TargetGroupRecord, { ref, service }: BindingRecord): Missing {
  const named = isUnknown(service.name)
    ? "a Service that is not known yet"
    : `Service ${service.namespace}/${service.name}`;
  return missing(group, `${displayName(ref)} names ${named}, which is not in this input`);
}

function missing({ ref }: TargetGroupRecord, why: string): Missing {
  return {
    what: "service",
    detail: `the Service behind ${displayName(ref)} was not found in the input: ${why}`,
    how: { means: "bringIn", or: `tag the target group ${SERVICE_TAG}: namespace/name` },
  };
}
