import type { Endpoint, Service } from "@evenkeel/core/model";
import type { ReadSlice } from "../kubernetes/endpoint-slice";

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
 * dual-stack Service have the same pods.
 */
export function endpointsOf(
  { ref }: Service,
  slices: ReadonlyMap<string, readonly ReadSlice[]>,
): Readonly<Record<string, readonly Endpoint[]>> | undefined {
  const own = slices.get(`${ref.namespace ?? ""}/${ref.name}`);
  if (!own) return undefined;
  const family = own.some(({ addressType }) => addressType === "IPv4") ? "IPv4" : "IPv6";
  const byPort: Record<string, Endpoint[]> = {};
  for (const { addressType, ports, endpoints } of own) {
    if (addressType !== family) continue;
    for (const port of ports) (byPort[port] ??= []).push(...endpoints);
  }
  return byPort;
}
