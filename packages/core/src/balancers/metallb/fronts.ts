import {
  byDefault,
  given,
  isUnknown,
  nearest,
  unknownAt,
  type Announcement,
  type Front,
  type Knowable,
  type Labels,
  type Place,
  type Service,
  type Setting,
  type Statement,
  type TargetKind,
} from "../../model";
import type { Built, Refusal } from "../controller";
import { advertisementsOf, forService } from "./advertised";
import { annotationOf, knownAnnotation } from "./annotations";
import { IGNORES_EXCLUDE_LABEL } from "./balancer";
import type { Installation } from "./installation";
import type { Advertisement, Pool } from "./objects";
import { readRange } from "./ranges";
import { requestedAddresses } from "./requests";
import type { Grant } from "./sharing";
import { sayMetallb } from "./texts";

/**
 * What MetalLB makes of a Service: a front for each port, announced as the advertisements of its pool say; or why it gives the Service no
 * address. `grant` is what the allocator said of the addresses that the Service asks for.
 */
export function frontsFor(
  service: Service,
  installation: Installation,
  grant: Grant | undefined,
): Built | Refusal {
  const refusal = refusedPool(service, installation) ?? refusedGrant(service, grant);
  if (refusal) return refusal;
  const found = poolFor(service, installation, grant);
  const announced = "pool" in found ? announcedFrom(service, installation, found.pool) : found;
  return {
    fronts: service.ports.map((port, index) => frontOf(service, index, port.port, installation, announced)),
    left: [],
    notFollowed: [],
  };
}

/** How the Service's address is announced, or why that is not known. */
type Announced =
  | { readonly balancer: string; readonly announcements: readonly Announcement[]; readonly pool: Pool }
  | { readonly unknown: Statement };

function frontOf(
  service: Service,
  index: number,
  port: Knowable<number>,
  { ignoresExcludeLabel }: Installation,
  announced: Announced,
): Front {
  const at = { resource: service.ref, path: `spec.ports[${index}]` };
  const nodePort = service.ports[index]?.nodePort ?? unknownAt(`${at.path}.nodePort`);
  const address = "pool" in announced ? addressOf(service, announced.pool) : undefined;
  return {
    balancer: "balancer" in announced ? announced.balancer : "metallb-l2",
    called: "MetalLB",
    controller: { name: "metallb" },
    resource: service.ref,
    related: "announcements" in announced ? announced.announcements.map(({ resource }) => resource) : [],
    servicePort: port,
    listener: {
      protocol: byDefault(service.ports[index]?.protocol ?? "TCP", at),
      port: given(port, { ...at, path: `${at.path}.port` }),
    },
    targets:
      "unknown" in announced
        ? byDefault<TargetKind>(unknownAt(at.path), at)
        : byDefault<TargetKind>("node", at),
    targetPort: byDefault(nodePort, { ...at, path: `${at.path}.nodePort` }),
    proxyProtocol: byDefault("off", at),
    preservesClientAddress: byDefault(true, at),
    attributes: ignoresExcludeLabel ? { [IGNORES_EXCLUDE_LABEL]: given(true, at) } : {},
    ...("announcements" in announced ? { announcements: announced.announcements } : {}),
    ...(address ? { address } : {}),
    ...("unknown" in announced ? { unknown: announced.unknown } : {}),
  };
}

function announcedFrom(service: Service, { advertisements, peers }: Installation, pool: Pool): Announced {
  const own = forService(advertisementsOf(pool, advertisements), knownLabels(service.labels));
  const bgp = own.filter(({ protocol }) => protocol === "bgp");
  const used = bgp.length > 0 ? bgp : own;
  if (used.length === 0) return { unknown: sayMetallb("metallb-not-announced", { pool: pool.ref.name }) };
  const announcements = used.flatMap((one): readonly Announcement[] =>
    one.protocol === "bgp" && peers.length > 0 ? throughPeers(one, peers) : [announcementOf(one)],
  );
  return { balancer: bgp.length > 0 ? "metallb-bgp" : "metallb-l2", announcements, pool };
}

function announcementOf({ ref, nodeSelectors, preferences }: Advertisement): Announcement {
  return { resource: ref, nodeSelectors, preferences };
}

/** A node without a BGP session announces to nobody: its peers restrict an advertisement as its own selectors do. */
function throughPeers(advertisement: Advertisement, peers: Installation["peers"]): readonly Announcement[] {
  const used = peers.filter(
    ({ ref }) => advertisement.peers.length === 0 || advertisement.peers.includes(ref.name),
  );
  return used.map(({ nodeSelectors }) => ({
    ...announcementOf(advertisement),
    nodeSelectors: bothOf(advertisement.nodeSelectors, nodeSelectors),
  }));
}

/** Selectors for the nodes that one of each list selects; an empty list selects all. */
function bothOf(
  a: Announcement["nodeSelectors"],
  b: Announcement["nodeSelectors"],
): Announcement["nodeSelectors"] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return a.flatMap((one) =>
    b.map((other) => ({
      matchExpressions: [...expressionsOf(one), ...expressionsOf(other)],
    })),
  );
}

function expressionsOf({ matchLabels = {}, matchExpressions = [] }: Announcement["nodeSelectors"][number]) {
  const labels = Object.entries(matchLabels).map(([key, value]) => ({
    key,
    operator: "In" as const,
    values: [value],
  }));
  return [...labels, ...matchExpressions];
}

/** The pool that the Service's address comes from. */
function poolFor(
  service: Service,
  { pools }: Installation,
  grant: Grant | undefined,
): { readonly pool: Pool } | { readonly unknown: Statement } {
  const unknown = (why: string) => ({ unknown: sayMetallb("metallb-pool-unknown", { why }) });
  const named = grant && "pool" in grant ? grant.pool : knownAnnotation(service, "address-pool");
  const asked = named === undefined ? undefined : pools.find(({ ref }) => ref.name === named);
  if (asked) return { pool: asked };
  if (pools.length === 0) return unknown("no IPAddressPool was found");
  const open = pools.filter(
    ({ autoAssign, isReserved, namespaces }) =>
      autoAssign && (!isReserved || namespaces.includes(service.ref.namespace ?? "default")),
  );
  const reserved = open.filter(({ isReserved }) => isReserved);
  const [first, ...others] = reserved.length > 0 ? reserved : open;
  if (!first) return unknown("no IPAddressPool gives addresses to this Service by itself");
  if (others.length > 0)
    return unknown(
      `it may get its address from any of ${[first, ...others].map(({ ref }) => ref.name).join(", ")}`,
    );
  return { pool: first };
}

/** A pool that does not exist: the Service stays without an address. */
function refusedPool(service: Service, { pools }: Installation): Refusal | undefined {
  const asked = annotationOf(service, "address-pool");
  if (!asked || isUnknown(asked.value) || pools.length === 0) return undefined;
  const names = pools.map(({ ref }) => ref.name);
  if (names.includes(asked.value)) return undefined;
  return {
    refused: true,
    at: asked.at,
    seen: asked.value,
    wanted: `an IPAddressPool of this cluster: ${names.join(", ")}${nearest(asked.value, names)}`,
  };
}

/** What the allocator says: an address outside the pools, or one that another Service has. */
function refusedGrant(service: Service, grant: Grant | undefined): Refusal | undefined {
  if (!grant || "pool" in grant) return undefined;
  const sharing = annotationOf(service, "allow-shared-ip");
  const asked = annotationOf(service, "loadBalancerIPs");
  const at: Place = sharing?.at ?? asked?.at ?? { resource: service.ref, path: "metadata.annotations" };
  return {
    refused: true,
    at,
    seen: grant.refused,
    wanted: grant.refused.includes("sharing key")
      ? "an address of its own, or one sharing key for Services that are all Cluster, or all Local with one selector"
      : "an address that a pool has and no other Service uses on this port",
    ...(grant.refused.includes("sharing key") ? { facts: ["ML1"] } : {}),
  };
}

/** The address that the Service has, asks for, or must get from a pool of one. */
function addressOf(service: Service, { cidrs, addresses }: Pool): Setting<string> | undefined {
  const published = service.ingress.find(({ ip }) => ip !== undefined)?.ip;
  const at = { resource: service.ref, path: "status.loadBalancer.ingress" };
  if (published !== undefined) return given(published, at);
  const [asked] = requestedAddresses(service);
  if (asked !== undefined) return given(asked, annotationOf(service, "loadBalancerIPs")?.at ?? at);
  const [only, ...others] = cidrs;
  if (only === undefined || others.length > 0 || addresses.length !== 1) return undefined;
  const single = /^(.*)\/(32|128)$/.exec(only)?.[1];
  return single !== undefined && "cidrs" in readRange(only) ? byDefault(single, at) : undefined;
}

function knownLabels(labels: Service["labels"]): Labels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
