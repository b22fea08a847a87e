/**
 * IP addresses as the API server reads them for its older fields (k8s.io/utils/net ParseIPSloppy): leading zeros in IPv4 octets
 * are decimal. An address is 16 bytes; IPv4 is kept as IPv4-mapped IPv6, as Go does.
 */
export type IPBytes = readonly number[];

const V4_PREFIX: IPBytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

export function parseIP(text: string): IPBytes | undefined {
  const separator = /[.:]/.exec(text)?.[0];
  if (separator === ".") return parseIPv4(text);
  return separator === ":" ? parseIPv6(text) : undefined;
}

export function parseIPv4(text: string): IPBytes | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255))
    return undefined;
  return [...V4_PREFIX, ...octets.map(Number)];
}

export function parseIPv6(text: string): IPBytes | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = "", tail] = halves;
  const before = groups(head, tail === undefined);
  const after = tail === undefined ? [] : groups(tail, true);
  if (!before || !after) return undefined;
  const missing = 16 - before.length - after.length;
  // An ellipsis stands for at least one group.
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...before, ...Array<number>(missing).fill(0), ...after];
}

/** Bytes of colon-separated groups; the last may be an IPv4 address in dots. */
function groups(text: string, mayEndInIPv4: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const bytes: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (part.includes(".")) {
      const v4 = mayEndInIPv4 && i === parts.length - 1 ? parseIPv4(part) : undefined;
      if (!v4) return undefined;
      bytes.push(...v4.slice(12));
    } else {
      const value = /^[0-9a-fA-F]+$/.test(part) ? Number.parseInt(part, 16) : NaN;
      if (!(value <= 0xffff)) return undefined;
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

/** Go's `To4() != nil`: IPv4, also where it was written as an IPv4-mapped IPv6 address. */
export function isIPv4(ip: IPBytes): boolean {
  return V4_PREFIX.every((byte, i) => ip[i] === byte);
}

/** Family of an address as kube-apiserver tells it; `unknown` is its own word for text that is no address. */
export function familyOf(text: string): "IPv4" | "IPv6" | "unknown" {
  const ip = parseIP(text);
  return ip ? (isIPv4(ip) ? "IPv4" : "IPv6") : "unknown";
}

/** Go's `net.IP.String()`: dotted for IPv4, RFC 5952 for IPv6. */
export function formatIP(ip: IPBytes): string {
  return isIPv4(ip) ? ip.slice(12).join(".") : formatIPv6(ip);
}

/** RFC 5952: the longest run of two or more zero groups, the first among equals, becomes `::`. */
function formatIPv6(ip: IPBytes): string {
  const words = Array.from({ length: 8 }, (_, i) => ((ip[2 * i] ?? 0) << 8) | (ip[2 * i + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && words[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  const hex = (part: readonly number[]) => part.map((word) => word.toString(16)).join(":");
  return start < 0 ? hex(words) : `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`;
}
