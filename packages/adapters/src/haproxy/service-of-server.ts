import {
  displayName,
  isUnknown,
  mapSelects,
  unknownAt,
  type Knowable,
  type ObjectRef,
  type Pod,
  type Service,
  type ServicePort,
} from "@evenkeel/core/model";
import { SERVICE_TAG } from "../aws/target-group";
import type { HaproxyConfig } from "./config";
import type { PlacedServer } from "./setting";
import { isOn } from "./setting";
import { numberOf } from "./servers";
import type { ReadSlice } from "../kubernetes/endpoint-slice";
import { inOverlay, nearness } from "../join/overlay";

/** What a server can be found behind. */
export interface Surroundings {
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
  readonly slices: readonly ReadSlice[];
}

/** The Service behind a server, its port, and whether the server is a node or a pod. */
export interface BehindServer {
  readonly service: Service;
  readonly port: Knowable<number>;
  readonly targets: "node" | "pod";
}

/**
 * The Service behind a server, by what says it most plainly: its name in a comment of the section or an annotation of the ConfigMap,
 * the node port, a pod's address, the health-check node port that is asked. `none` for a server that is no node and no pod: a socket,
 * this machine, the API server, the Service itself by its name inside the cluster.
 */
export function behindServer(
  config: HaproxyConfig,
  placed: PlacedServer,
  port: Knowable<number>,
  surroundings: Surroundings,
): BehindServer | "none" | { readonly why: string } {
  const { services } = surroundings;
  const home = placed.home.resource;
  const named = namedService(config, placed);
  if (named !== undefined) {
    const [service] = nearest(services.filter(isNamed(named)), home);
    return service
      ? behind(service, port, placed, surroundings)
      : { why: `${SERVICE_TAG} names ${named}, which is not in this input` };
  }
  const signs: readonly (() => readonly Service[])[] = [
    () => services.filter((one) => byNodePort(one, port) !== undefined),
    () => services.filter((one) => podPort(one, port, placed, surroundings) !== undefined),
    () => services.filter((one) => asksHealthPortOf(one, placed)),
  ];
  for (const sign of signs) {
    const found = nearest(sign(), home);
    const [service, ...others] = found;
    if (service && others.length === 0) return behind(service, port, placed, surroundings);
    if (service) return { why: `${found.map(({ ref }) => displayName(ref)).join(" and ")} have its port` };
  }
  if (isNoTarget(placed, port, services)) return "none";
  const told = isUnknown(port) ? "its port is not known" : `no Service of this input has node port ${port}`;
  return { why: told };
}

function behind(
  service: Service,
  port: Knowable<number>,
  placed: PlacedServer,
  surroundings: Surroundings,
): BehindServer {
  const nodePort = byNodePort(service, port);
  if (nodePort) return { service, port: nodePort.port, targets: "node" };
  const ofPod = podPort(service, port, placed, surroundings);
  if (ofPod) return { service, port: ofPod.port, targets: "pod" };
  const [only, ...others] = service.ports;
  const open = unknownAt("port", { resource: service.ref.urn ?? displayName(service.ref) });
  return { service, port: only && others.length === 0 ? only.port : open, targets: "node" };
}

/** HAProxy carries TCP. */
function byNodePort({ ports }: Service, port: Knowable<number>): ServicePort | undefined {
  return isUnknown(port) ? undefined : ports.find((one) => one.nodePort === port && one.protocol !== "UDP");
}

/** The port of the Service that leads to this address and port of one of its pods. */
function podPort(
  service: Service,
  port: Knowable<number>,
  { server: { address } }: PlacedServer,
  surroundings: Surroundings,
): ServicePort | undefined {
  if (address === undefined || isUnknown(address) || isUnknown(port)) return undefined;
  if (!podAddresses(service, surroundings).includes(address)) return undefined;
  const { ports } = service;
  const plain = ports.find(({ targetPort }) => targetPort === port);
  // The number of a named port is the containers' own affair.
  return plain ?? ports.find(({ targetPort }) => typeof targetPort === "string");
}

function podAddresses({ ref, selector }: Service, { slices, pods }: Surroundings): readonly string[] {
  const ofSlices = slices
    .filter(({ namespace, service }) => namespace === (ref.namespace ?? "") && service === ref.name)
    .flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses));
  if (selector === undefined || isUnknown(selector)) return ofSlices;
  const selected = pods.filter(
    ({ namespace, labels }) => namespace === ref.namespace && mapSelects(selector, labels),
  );
  return [...ofSlices, ...selected.flatMap(({ podIPs = [] }) => podIPs)];
}

function asksHealthPortOf({ healthCheckNodePort }: Service, { server }: PlacedServer): boolean {
  const asked = isOn(server, "port") ? numberOf(server.parameters.get("port")?.values[0]) : undefined;
  return asked !== undefined && !isUnknown(asked) && asked === healthCheckNodePort;
}

/** `# evenkeel.io/service: shop/web` in the section, else the annotation of that key. */
function namedService({ source }: HaproxyConfig, { proxy: { comments } }: PlacedServer): string | undefined {
  const said = comments.flatMap(
    (comment) => /^\s*evenkeel\.io\/service:\s*(\S+)\s*$/.exec(comment)?.[1] ?? [],
  );
  return said.at(-1) ?? source.service;
}

function isNamed(name: string): (service: Service) => boolean {
  return ({ ref }) => `${ref.namespace ?? ""}/${ref.name}` === name;
}

/** Of overlays the one that is nearest to the configuration, whatever the Services are called. */
function nearest(services: readonly Service[], home: ObjectRef): readonly Service[] {
  const own = inOverlay(services, ({ ref }) => ref, home, []);
  const best = Math.max(...own.map(({ ref }) => nearness(ref, home)));
  return own.filter(({ ref }) => nearness(ref, home) === best);
}

const API_SERVER_PORT = 6443;
const HERE = /^(?:127\.|::1$|localhost$|0\.0\.0\.0$)/;

function isNoTarget(
  { home, server: { address } }: PlacedServer,
  port: Knowable<number>,
  services: readonly Service[],
): boolean {
  if (address === undefined || port === API_SERVER_PORT) return true;
  if (isUnknown(address)) return false;
  if (HERE.test(address) || isInside(address, services)) return true;
  // Inside a cluster a bare name is a Service's, in sight or not.
  return home.key !== undefined && /^[a-z][a-z0-9-]*$/i.test(address);
}

/** `web`, `web.shop`, `web.shop.svc.cluster.local`: a Service by its name in the cluster's DNS, behind its cluster IP. */
function isInside(address: string, services: readonly Service[]): boolean {
  const [name, namespace, svc] = address.split(".");
  if (svc === "svc") return true;
  return (
    svc === undefined &&
    services.some(({ ref }) => ref.name === name && (namespace === undefined || ref.namespace === namespace))
  );
}
