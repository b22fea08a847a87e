import { formatIP, isIPv4, parseIP, type IPBytes } from "./ip";
import { quote } from "../answer/go-text";

/**
 * Addresses and prefixes as Go's `net/netip` reads them: no leading zeros in IPv4, at most four digits in an IPv6 group. Its
 * complaints are part of the warnings of older API servers.
 */
export interface Addr {
  readonly ip: IPBytes;
  /** Written with colons. */
  readonly v6: boolean;
  readonly zone: string;
}

export type Parsed<T> = { readonly value: T } | { readonly error: string };

export function parseAddr(text: string): Parsed<Addr> {
  const [separator] = /[.:%]/.exec(text) ?? [];
  const fail = (message: string, at = "") => ({
    error: `ParseAddr(${quote(text)}): ${message}${at && ` (at ${quote(at)})`}`,
  });
  if (separator === undefined) return fail("unable to parse IP");
  if (separator === "%") return fail("missing IPv6 address");
  if (separator === ".") {
    const wrong = wrongWithIPv4(text);
    return wrong ? fail(...wrong) : address(text, false, "");
  }
  const percent = text.indexOf("%");
  const [bare, zone] = percent < 0 ? [text, ""] : [text.slice(0, percent), text.slice(percent + 1)];
  if (percent >= 0 && zone === "") return fail("zone must be a non-empty string");
  const wrong = wrongWithIPv6(bare);
  return wrong ? fail(...wrong) : address(bare, true, zone);
}

type Complaint = readonly [message: string, at?: string];

function address(text: string, v6: boolean, zone: string): Parsed<Addr> {
  const ip = parseIP(text);
  return ip ? { value: { ip, v6, zone } } : { error: `ParseAddr(${quote(text)}): unable to parse IP` };
}

function wrongWithIPv4(text: string): Complaint | undefined {
  let value = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (/\d/.test(character)) {
      if (digits === 1 && value === 0) return ["IPv4 field has octet with leading zero"];
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return ["IPv4 field has value >255"];
    } else if (character === ".") {
      if (digits === 0 || i === text.length - 1)
        return ["IPv4 field must have at least one digit", text.slice(i)];
      if (dots === 3) return ["IPv4 address too long"];
      [value, digits, dots] = [0, 0, dots + 1];
    } else {
      return ["unexpected character", text.slice(i)];
    }
  }
  return dots < 3 ? ["IPv4 address too short"] : undefined;
}

function wrongWithIPv6(text: string): Complaint | undefined {
  let ellipsis = text.startsWith("::");
  let rest = ellipsis ? text.slice(2) : text;
  if (ellipsis && rest === "") return undefined;
  let bytes = 0;
  while (bytes < 16) {
    const [group = ""] = /^[0-9a-fA-F]*/.exec(rest) ?? [];
    if (group.length > 4) return ["each group must have 4 or less digits", rest];
    if (group === "") return ["each colon-separated field must have at least one digit", rest];
    if (rest[group.length] === ".") {
      if (!ellipsis && bytes !== 12)
        return ["embedded IPv4 address must replace the final 2 fields of the address", rest];
      if (bytes > 12) return ["too many hex fields to fit an embedded IPv4 at the end of the address", rest];
      const wrong = wrongWithIPv4(rest);
      if (wrong) return wrong;
      [rest, bytes] = ["", bytes + 4];
      break;
    }
    bytes += 2;
    rest = rest.slice(group.length);
    if (rest === "") break;
    if (!rest.startsWith(":")) return ["unexpected character, want colon", rest];
    if (rest === ":") return ["colon must be followed by more characters", rest];
    rest = rest.slice(1);
    if (rest.startsWith(":")) {
      if (ellipsis) return ["multiple :: in address", rest];
      ellipsis = true;
      rest = rest.slice(1);
      if (rest === "") break;
    }
  }
  if (rest !== "") return ["trailing garbage after address", rest];
  if (bytes < 16) return ellipsis ? undefined : ["address string too short"];
  return ellipsis ? ["the :: must expand to at least one field of zeros"] : undefined;
}

export interface Prefix {
  readonly addr: Addr;
  readonly bits: number;
}

export function parsePrefix(text: string): Parsed<Prefix> {
  const fail = (message: string) => ({ error: `netip.ParsePrefix(${quote(text)}): ${message}` });
  const slash = text.lastIndexOf("/");
  if (slash < 0) return fail("no '/'");
  const parsed = parseAddr(text.slice(0, slash));
  if ("error" in parsed) return fail(parsed.error);
  const addr = parsed.value;
  if (addr.zone !== "") return fail("IPv6 zones cannot be present in a prefix");
  const bits = text.slice(slash + 1);
  if (!/^(\d|[1-9]\d*|[-+]\d)$/.test(bits) || Number(bits) > Number.MAX_SAFE_INTEGER) {
    return fail(`bad bits after slash: ${quote(bits)}`);
  }
  if (Number(bits) > (addr.v6 ? 128 : 32)) return fail("prefix length out of range");
  return { value: { addr, bits: Number(bits) } };
}

/** IPv4 written as IPv6: `::ffff:192.0.2.1`. */
export function is4In6(addr: Addr): boolean {
  return addr.v6 && isIPv4(addr.ip);
}

export function formatAddr(addr: Addr): string {
  const zone = addr.zone === "" ? "" : `%${addr.zone}`;
  return `${is4In6(addr) ? "::ffff:" : ""}${formatIP(addr.ip)}${zone}`;
}
