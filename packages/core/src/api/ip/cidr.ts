import { formatIP, isIPv4, parseIPv4, parseIPv6, type IPBytes } from "./ip";

/** A range as the API server reads it for its older fields (k8s.io/utils/net ParseCIDRSloppy). */
export interface CIDR {
  /** The address as written, host bits and all. */
  readonly ip: IPBytes;
  /** With the host bits cleared. */
  readonly network: IPBytes;
  readonly bits: number;
  /** 32, or 128 where it was written with colons. */
  readonly of: 32 | 128;
}

export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const [address, mask] = [text.slice(0, slash), text.slice(slash + 1)];
  const v4 = parseIPv4(address);
  const ip = v4 ?? parseIPv6(address);
  const of = v4 ? 32 : 128;
  if (!ip || !/^\d+$/.test(mask) || Number(mask) > of) return undefined;
  const bits = Number(mask);
  return { ip, bits, of, network: masked(ip, bits + 128 - of) };
}

function masked(ip: IPBytes, bits: number): IPBytes {
  return ip.map((byte, i) => byte & (0xff << Math.min(8, Math.max(0, 8 * (i + 1) - bits))));
}

/** Go's `net.IPNet.String()`: an IPv4-mapped range is written as IPv4. */
export function formatCIDR({ network, bits, of }: CIDR): string {
  const length = of === 128 && isIPv4(network) ? Math.max(0, bits - 96) : bits;
  return `${formatIP(network)}/${length}`;
}

export function hasHostBits({ ip, network }: CIDR): boolean {
  return ip.some((byte, i) => byte !== network[i]);
}
