import { createHash } from "node:crypto";
import { formatIP, parseIP } from "../../api/ip/ip";

/**
 * The order in which nodes lead an address in layer 2: the highest preference first, then the lowest hash of `node#address`. The first
 * one announces. MetalLB `speaker/layer2_controller.go`; preferences since 0.16.2.
 */
export function leadershipOrder(
  candidates: readonly string[],
  address: string,
  preferences: ReadonlyMap<string, number> = NO_PREFERENCES,
): readonly string[] {
  const text = canonical(address);
  const ranked = candidates.map((node) => ({
    node,
    preference: preferences.get(node) ?? 0,
    hash: createHash("sha256").update(`${node}#${text}`).digest("hex"),
  }));
  return ranked
    .sort((a, b) => b.preference - a.preference || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ node }) => node);
}

const NO_PREFERENCES: ReadonlyMap<string, number> = new Map();

/** The text that is hashed: an IPv4 address that was written as IPv6 is IPv4. */
export function canonical(address: string): string {
  const ip = parseIP(address);
  return ip ? formatIP(ip) : address;
}
