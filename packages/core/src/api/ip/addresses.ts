import { hasHostBits, parseCIDR } from "./cidr";
import { goString, invalid, type FieldError } from "../answer/field-error";
import { isIPv4, parseIP, type IPBytes } from "./ip";
import { is4In6, parseAddr, parsePrefix } from "./netip";
import type { ApiTraits } from "../../releases";

/** apimachinery util/validation/ip.go IsValidIPForLegacyField. `stored`: what the Service had before, where that counts. */
export function wrongWithIP(
  path: string,
  ip: string,
  release: ApiTraits,
  stored: readonly string[],
): FieldError[] {
  if (stored.includes(ip)) return [];
  const wrong = (message: string) => invalid(path, goString(ip), message);
  if (!parseIP(ip)) return [wrong("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")];
  if (!release.strictAddresses) return [];
  const addr = parseAddr(ip);
  if ("error" in addr) return [wrong("must not have leading 0s")];
  return is4In6(addr.value) ? [wrong("must not be an IPv4-mapped IPv6 address")] : [];
}

/** apimachinery util/validation/ip.go IsValidCIDRForLegacyField */
export function wrongWithCIDR(
  path: string,
  cidr: string,
  release: ApiTraits,
  stored: readonly string[],
): FieldError[] {
  if (stored.includes(cidr)) return [];
  const wrong = (message: string) => invalid(path, goString(cidr), message);
  const range = parseCIDR(cidr);
  if (!range) return [wrong("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
  if (!release.strictAddresses) return [];
  const prefix = parsePrefix(cidr);
  if ("error" in prefix) return [wrong("must not have leading 0s in IP or prefix length")];
  if (is4In6(prefix.value.addr)) return [wrong("must not have an IPv4-mapped IPv6 address")];
  return hasHostBits(range) ? [wrong("must not have bits set beyond the prefix length")] : [];
}

/** External IPs that no packet from outside would carry (k/k validation.go ValidateEndpointIP). */
export function wrongWithEndpointIP(path: string, text: string): FieldError[] {
  const ip = parseIP(text);
  if (!ip) return [invalid(path, goString(text), "must be a valid IP address")];
  const own = isIPv4(ip) ? ip.slice(12) : ip;
  return SPECIAL.filter(([holds]) => holds(own)).map(([, message]) =>
    invalid(path, goString(text), message(text)),
  );
}

/** Asked of the four bytes of an IPv4 address or the sixteen of an IPv6 address. */
type Holds = (own: IPBytes) => boolean;

const SPECIAL: readonly (readonly [Holds, (text: string) => string])[] = [
  [(own) => own.every((byte) => byte === 0), (text) => `may not be unspecified (${text})`],
  [
    (own) => (own.length === 4 ? own[0] === 127 : own.every((byte, i) => byte === (i === 15 ? 1 : 0))),
    () => "may not be in the loopback range (127.0.0.0/8, ::1/128)",
  ],
  [
    (own) => (own.length === 4 ? own[0] === 169 && own[1] === 254 : startsWith(own, 0xfe, 0x80, 0xc0)),
    () => "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
  ],
  [
    (own) =>
      own.length === 4 ? own[0] === 224 && own[1] === 0 && own[2] === 0 : startsWith(own, 0xff, 0x02, 0x0f),
    () => "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)",
  ],
];

function startsWith(own: IPBytes, first: number, second: number, mask: number): boolean {
  return own[0] === first && ((own[1] ?? 0) & mask) === second;
}
