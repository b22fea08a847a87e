import type { Front, FrontMember, HealthCheck } from "@evenkeel/core/model";

/** The health checks of a front, each kind once: what is the same for all targets is reported once, not for every target. */
export function checksOf({ members = [], healthCheck }: Front): readonly HealthCheck[] {
  const own = members.flatMap((one) => one.healthCheck ?? []);
  const kinds = new Map<string, HealthCheck>();
  for (const check of own.length > 0 || !healthCheck ? own : [healthCheck]) {
    const { protocol, port, matcher, proxyProtocol } = check;
    const kind = JSON.stringify([protocol.value, port.value, matcher?.value, proxyProtocol?.value]);
    if (!kinds.has(kind)) kinds.set(kind, check);
  }
  return [...kinds.values()];
}

/** `target node1`, `targets node1, node2 and 3 more`. */
export function targetNames(members: readonly Pick<FrontMember, "name">[]): string {
  const names = members.map(({ name }) => name);
  const shown = names.slice(0, 3).join(", ");
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `target${names.length === 1 ? "" : "s"} ${shown}${more}`;
}
