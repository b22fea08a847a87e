import type { Front, FrontMember, HealthCheck } from "@evenkeel/core/model";

/** The checks of a front's servers, each kind once: what default-server says is told once, not for every server. */
export function checksOf({ members = [], healthCheck }: Front): readonly HealthCheck[] {
  const checks = members.flatMap((one) => one.healthCheck ?? []);
  const kinds = new Map<string, HealthCheck>();
  for (const check of checks.length > 0 || !healthCheck ? checks : [healthCheck]) {
    const { protocol, port, matcher, proxyProtocol } = check;
    const kind = JSON.stringify([protocol.value, port.value, matcher?.value, proxyProtocol?.value]);
    if (!kinds.has(kind)) kinds.set(kind, check);
  }
  return [...kinds.values()];
}

/** `server node1`, `servers node1, node2 and 3 more`. */
export function namesOf(servers: readonly Pick<FrontMember, "name">[]): string {
  const names = servers.map(({ name }) => name);
  const shown = names.slice(0, 3).join(", ");
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `server${names.length === 1 ? "" : "s"} ${shown}${more}`;
}
