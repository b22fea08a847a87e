import { formatIP, isIPv4, parseIP } from "../../api/ip/ip";
import { selects, type Labels } from "../../model";
import type { Pool } from "./objects";
import { contains } from "./ranges";

/** A Service that asks for addresses, as MetalLB's allocator sees it. */
export interface AddressRequest {
  /** `namespace/name`. */
  readonly key: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly addresses: readonly string[];
  /** `TCP/80`. */
  readonly ports: readonly string[];
  /** Value of the sharing annotation; empty: it shares with nobody. */
  readonly sharingKey: string;
  /** The selector as text under Local, and nothing under Cluster: Services share only where it is the same. */
  readonly backendKey: string;
}

export type Grant = { readonly pool: string } | { readonly refused: string };

interface Use {
  readonly sharingKey: string;
  readonly backendKey: string;
  /** By port, who has it. */
  readonly ports: Map<string, string>;
  readonly services: Set<string>;
}

/**
 * Grants addresses to Services in their order, as MetalLB's allocator does, or says why not: two Services share an address if both have
 * the same sharing key and the same backends, and no port in common. MetalLB `internal/allocator`.
 */
export function grantAddresses(
  pools: readonly Pool[],
  namespaces: ReadonlyMap<string, Labels>,
  requests: readonly AddressRequest[],
): readonly Grant[] {
  const uses = new Map<string, Use>();
  const held = new Map<string, AddressRequest>();
  return requests.map((request): Grant => {
    const refusal = refusalOf(pools, namespaces, request, uses);
    if (typeof refusal === "string") return { refused: refusal };
    const before = held.get(request.key);
    if (before) release(before, uses);
    held.set(request.key, request);
    for (const address of request.addresses.map(text)) hold(address, request, uses);
    return { pool: refusal.ref.name };
  });
}

/** Why the request is refused, or else the pool that grants it. */
function refusalOf(
  pools: readonly Pool[],
  namespaces: ReadonlyMap<string, Labels>,
  request: AddressRequest,
  uses: ReadonlyMap<string, Use>,
): string | Pool {
  const { addresses } = request;
  const named = addresses.map((address) => JSON.stringify(text(address)));
  const pool = pools.find(({ cidrs }) => addresses.every((address) => inPool(cidrs, address)));
  if (!pool) return `[${named.join(" ")}] is not allowed in config`;
  if (!isForService(pool, namespaces, request))
    return `pool ${pool.ref.name} not compatible for ip assignment`;
  if (addresses.length > 2) return `more than two addresses [${named.join(" ")}]`;
  const [first, second] = addresses;
  if (first !== undefined && second !== undefined && isV4(first) === isV4(second))
    return `${named.join(" ")} has the same family`;
  for (const address of addresses) {
    const refused = refusedBy(text(address), request, uses);
    if (refused !== undefined) return refused;
  }
  return pool;
}

function refusedBy(
  address: string,
  { key, ports, sharingKey, backendKey }: AddressRequest,
  uses: ReadonlyMap<string, Use>,
): string | undefined {
  const use = uses.get(address);
  if (!use) return undefined;
  const shares = use.sharingKey !== "" && use.sharingKey === sharingKey && use.backendKey === backendKey;
  const others = [...use.services].filter((one) => one !== key);
  if (!shares && others.length > 0)
    return `can't change sharing key for ${JSON.stringify(key)}, address also in use by ${others.join(",")}`;
  const taken = ports.find((port) => {
    const owner = use.ports.get(port);
    return owner !== undefined && owner !== key;
  });
  return taken === undefined ? undefined : `port ${taken} is already in use on ${JSON.stringify(address)}`;
}

/** Namespaces first, then the Service's labels: with both, both must hold. */
function isForService(
  { isReserved, namespaces, namespaceSelectors, serviceSelectors }: Pool,
  known: ReadonlyMap<string, Labels>,
  { namespace, labels }: AddressRequest,
): boolean {
  if (!isReserved) return true;
  const selected = namespaceSelectors.flatMap((selector) =>
    [...known].flatMap(([name, own]) => (selects(selector, own) ? [name] : [])),
  );
  const allowed = [...namespaces, ...selected];
  if (allowed.length > 0 && !allowed.includes(namespace)) return false;
  return serviceSelectors.length === 0 || serviceSelectors.some((selector) => selects(selector, labels));
}

function hold(
  address: string,
  { key, ports, sharingKey, backendKey }: AddressRequest,
  uses: Map<string, Use>,
): void {
  const before = uses.get(address);
  const use: Use = {
    sharingKey,
    backendKey,
    ports: before?.ports ?? new Map(),
    services: before?.services ?? new Set(),
  };
  use.services.add(key);
  for (const port of ports) use.ports.set(port, key);
  uses.set(address, use);
}

function release({ key, addresses }: AddressRequest, uses: Map<string, Use>): void {
  for (const address of addresses.map(text)) {
    const use = uses.get(address);
    if (!use) continue;
    use.services.delete(key);
    for (const [port, owner] of use.ports) if (owner === key) use.ports.delete(port);
    if (use.services.size === 0) uses.delete(address);
  }
}

function inPool(cidrs: readonly string[], address: string): boolean {
  const ip = parseIP(address);
  return ip !== undefined && contains(cidrs, ip);
}

function text(address: string): string {
  const ip = parseIP(address);
  return ip ? formatIP(ip) : address;
}

function isV4(address: string): boolean {
  const ip = parseIP(address);
  return ip !== undefined && isIPv4(ip);
}

/** The selector as MetalLB writes it: pairs in the order of their keys. */
export function backendKeyOf(isLocal: boolean, selector: Labels | undefined): string {
  if (!isLocal || !selector) return "";
  return Object.keys(selector)
    .sort()
    .map((key) => `${key}=${selector[key]}`)
    .join(",");
}
