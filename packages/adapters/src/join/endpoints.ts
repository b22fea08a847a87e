import { isUnknown, type Endpoint, type ObjectRef, type Service } from "@evenkeel/core/model";
import type { ReadSlice } from "../kubernetes/endpoint-slice";
import { inOverlay } from "./overlay";

/** Slices by Service, so that large clusters are walked once. */
export function indexSlices(slices: readonly ReadSlice[]): ReadonlyMap<string, readonly ReadSlice[]> {
  const index = new Map<string, ReadSlice[]>();
  for (const slice of slices) {
    const key = `${slice.namespace}/${slice.service}`;
    const known = index.get(key);
    if (known) known.push(slice);
    else index.set(key, [slice]);
  }
  return index;
}

/**
 * Endpoints by port name, of the Service's first address family: kube-proxy chooses within one family, and both families of a
 * dual-stack Service have the same pods. An endpoint that is on its way from one slice to another stands in both and counts once
 * (k/k pkg/proxy/endpointslicecache.go). Undefined where no slice of the Service is in sight; those of a rival, a Service of its name
 * in another file, are that one's.
 */
export function endpointsOf(
  { ref, ports, ipFamilies }: Service,
  slices: ReadonlyMap<string, readonly ReadSlice[]>,
  rivals: readonly ObjectRef[] = [],
): Readonly<Record<string, readonly Endpoint[]>> | undefined {
  const named = slices.get(`${ref.namespace ?? ""}/${ref.name}`) ?? [];
  const own = inOverlay(named, (slice) => slice.ref, ref, rivals);
  if (own.length === 0) return undefined;
  const families = new Set(own.map(({ addressType }) => addressType));
  const first = ipFamilies === undefined || isUnknown(ipFamilies) ? undefined : ipFamilies[0];
  const family =
    (["IPv4", "IPv6"] as const).find((one) => one === first && families.has(one)) ??
    (families.has("IPv4") ? "IPv4" : "IPv6");
  const byPort = new Map<string, Map<string, Endpoint>>(ports.map(({ name }) => [name, new Map()]));
  for (const { addressType, ports: names, endpoints } of own) {
    if (addressType !== family) continue;
    for (const name of names) {
      const known = byPort.get(name) ?? new Map<string, Endpoint>();
      byPort.set(name, known);
      for (const endpoint of endpoints)
        if (!known.has(identity(endpoint))) known.set(identity(endpoint), endpoint);
    }
  }
  return Object.fromEntries([...byPort].map(([name, endpoints]) => [name, [...endpoints.values()]]));
}

/** kube-proxy uses the first address of an endpoint alone. */
function identity({ addresses, pod, nodeName }: Endpoint): string {
  return addresses[0] ?? `${nodeName ?? ""}/${pod ?? ""}`;
}
