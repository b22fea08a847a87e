import { formatCIDR, parseCIDR } from "../../api/ip/cidr";
import { formatIP, isIPv4, parseIP, type IPBytes } from "../../api/ip/ip";

/** Prefixes that a pool's address range comes to, or why it is none. */
export type RangeReading = { readonly cidrs: readonly string[] } | { readonly error: string };

/**
 * An entry of `IPAddressPool.spec.addresses`: a prefix (host bits are dropped), or `first-last`, which comes to the fewest prefixes that
 * hold exactly these addresses. A range from an IPv4 to an IPv6 address is accepted and empty. MetalLB `internal/config` ParseCIDR.
 */
export function readRange(text: string): RangeReading {
  if (!text.includes("-")) {
    const cidr = parseCIDR(text);
    return cidr ? { cidrs: [formatCIDR(cidr)] } : { error: `invalid CIDR ${quoted(text)}` };
  }
  const dash = text.indexOf("-");
  const [first, last] = [text.slice(0, dash), text.slice(dash + 1)];
  const invalid = (why: string): RangeReading => ({ error: `invalid IP range ${quoted(text)}: ${why}` });
  const start = strictIP(first.trim());
  if (!start) return invalid(`invalid start IP ${quoted(first)}`);
  const end = strictIP(last.trim());
  if (!end) return invalid(`invalid end IP ${quoted(last)}`);
  if (toNumber(start) > toNumber(end))
    return invalid(`start IP ${quoted(formatIP(start))} is after the end IP ${quoted(formatIP(end))}`);
  return { cidrs: isIPv4(start) === isIPv4(end) ? summarised(start, end) : [] };
}

/** Go's `net.ParseIP`: no leading zeros in IPv4. */
function strictIP(text: string): IPBytes | undefined {
  return /(^|[.:])0\d+(\.|$)/.test(text) && text.includes(".") ? undefined : parseIP(text);
}

/** The fewest prefixes for the addresses from `start` to `end`, in order: each as large as its alignment and the rest allow. */
function summarised(start: IPBytes, end: IPBytes): readonly string[] {
  const bits = isIPv4(start) ? 32 : 128;
  const cidrs: string[] = [];
  let next = toNumber(start);
  const last = toNumber(end);
  while (next <= last) {
    let size = 1n;
    let length = bits;
    while (length > 0 && next % (size * 2n) === 0n && next + size * 2n - 1n <= last) {
      size *= 2n;
      length -= 1;
    }
    cidrs.push(`${formatIP(toBytes(next))}/${length}`);
    next += size;
  }
  return cidrs;
}

export function toNumber(ip: IPBytes): bigint {
  return ip.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

export function toBytes(value: bigint): IPBytes {
  return Array.from({ length: 16 }, (_, index) => Number((value >> BigInt(8 * (15 - index))) & 255n));
}

/** Whether an address lies in one of the prefixes. */
export function contains(cidrs: readonly string[], ip: IPBytes): boolean {
  return cidrs.some((text) => {
    const cidr = parseCIDR(text);
    if (!cidr) return false;
    const free = BigInt(cidr.of - cidr.bits);
    const sameFamily = (cidr.of === 32) === isIPv4(ip);
    return sameFamily && toNumber(ip) >> free === toNumber(cidr.network) >> free;
  });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
