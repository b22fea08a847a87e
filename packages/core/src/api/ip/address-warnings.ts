import { formatCIDR, hasHostBits, parseCIDR } from "./cidr";
import { quote } from "../answer/go-text";
import { formatIP, parseIP } from "./ip";
import { formatAddr, is4In6, parseAddr, parsePrefix } from "./netip";
import type { ServiceWarnings } from "../../releases";

type Since = ServiceWarnings["addresses"];

const OLD_INVALID = "was accepted, but will be invalid in a future Kubernetes release";
const OLD_CANONICAL = "which may cause controller apply-loops";
const isInvalid = (since: Since) =>
  since === "now" ? "is invalid" : "will be considered invalid in a future Kubernetes release";

/** Addresses in other than standard form (apimachinery util/validation/ip.go GetWarningsForIP; before 1.33 k/k's own). */
export function ipWarnings(path: string, text: string, since: Since): readonly string[] {
  const addr = parseAddr(text);
  if (since === "future, by parser") {
    if ("error" in addr) return [`${path}: IP address ${OLD_INVALID}: ${addr.error}`];
    const canonical = formatAddr(addr.value);
    return addr.value.v6 && canonical !== text
      ? [
          `${path}: IPv6 address ${quote(text)} is not in RFC 5952 canonical format (${quote(canonical)}), ${OLD_CANONICAL}`,
        ]
      : [];
  }
  const ip = parseIP(text);
  if (!ip) return [];
  if ("error" in addr || is4In6(addr.value)) {
    return [
      `${path}: non-standard IP address ${quote(text)} ${isInvalid(since)}: use ${quote(formatIP(ip))}`,
    ];
  }
  const canonical = formatAddr(addr.value);
  return addr.value.v6 && canonical !== text
    ? [`${path}: IPv6 address ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`]
    : [];
}

/** GetWarningsForCIDR: of host bits, of leading zeros and IPv4-mapped addresses, and else of a form that is not canonical. */
export function cidrWarnings(path: string, text: string, since: Since): readonly string[] {
  const prefix = parsePrefix(text);
  const canonical = "error" in prefix ? text : `${formatAddr(prefix.value.addr)}/${prefix.value.bits}`;
  const isCanonical = "error" in prefix || !prefix.value.addr.v6 || canonical === text;
  if (since === "future, by parser") {
    if ("error" in prefix) return [`${path}: IP prefix ${OLD_INVALID}: ${prefix.error}`];
    return isCanonical
      ? []
      : [
          `${path}: IPv6 prefix ${quote(text)} is not in RFC 5952 canonical format (${quote(canonical)}), ${OLD_CANONICAL}`,
        ];
  }
  const range = parseCIDR(text);
  if (!range) return [];
  const network = quote(formatCIDR(range));
  const single = quote(`${formatIP(range.ip)}/${range.of}`);
  const warnings = [
    ...(hasHostBits(range)
      ? [
          `${path}: CIDR value ${quote(text)} is ambiguous in this context (should be ${network} or ${single}?)`,
        ]
      : []),
    ...("error" in prefix || is4In6(prefix.value.addr)
      ? [`${path}: non-standard CIDR value ${quote(text)} ${isInvalid(since)}: use ${network}`]
      : []),
  ];
  if (warnings.length > 0 || isCanonical) return warnings;
  return [
    `${path}: IPv6 CIDR value ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`,
  ];
}
