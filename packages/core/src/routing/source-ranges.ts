import { type CIDR, parseCIDR } from "../api/ip/cidr";
import { familyOf, isIPv4, parseIP } from "../api/ip/ip";
import type { Arrival } from "./arrival";
import type { Flow } from "./flow";
import type { IpFamily } from "./service-traffic";

/**
 * The ranges of `loadBalancerSourceRanges` that the kube-proxy of a family enforces; none means that everybody may enter.
 * Padding is allowed; ranges of the other family alone restrict nothing.
 * Source: k/k pkg/proxy/serviceport.go `newBaseServiceInfo`.
 */
export function enforcedRanges(sourceRanges: readonly string[], family: IpFamily): readonly CIDR[] {
  return sourceRanges.flatMap((text) => {
    const range = parseCIDR(text.trim());
    return range && (isIPv4(range.network) ? "IPv4" : "IPv6") === family ? [range] : [];
  });
}

/** Whether the ranges, as enforced, let an address of the family in. */
export function mayEnter(ranges: readonly CIDR[], address: string): boolean {
  return ranges.length === 0 || ranges.some((range) => contains(range, address));
}

function contains({ network, bits, of }: CIDR, address: string): boolean {
  const ip = parseIP(address);
  if (!ip) return false;
  const prefix = bits + 128 - of;
  return network.every((byte, i) => {
    const mask = 0xff << Math.min(8, Math.max(0, 8 * (i + 1) - prefix));
    return (byte & mask) === ((ip[i] ?? 0) & mask);
  });
}

/** The firewall stands before every short circuit, and before load balancer addresses only: node ports stay open. */
export function rangesAdmit({ service, destination }: Flow, { address }: Arrival): boolean {
  if (destination.kind !== "loadBalancer") return true;
  const family = familyOf(destination.ingress.ip ?? "") === "IPv6" ? "IPv6" : "IPv4";
  return mayEnter(enforcedRanges(service.loadBalancerSourceRanges, family), address);
}
