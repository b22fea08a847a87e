import type { Taint } from "../model/node";
import type { HttpAnswer } from "./health-check";
import type { IpFamily } from "./service-traffic";

/** Where kube-proxy answers for itself, on every node and whatever the Services. Source: k/k pkg/cluster/ports. */
export const PROXY_HEALTH_PORT = 10256;

/** An update may wait this long before kube-proxy counts as unhealthy: twice its sync period. */
export const PROXY_HEALTH_TIMEOUT_SECONDS = 60;

/** The cluster autoscaler's mark of a node that it is about to delete; any effect counts. */
export const TO_BE_DELETED_TAINT = "ToBeDeletedByClusterAutoscaler";

/** What the proxier of one address family last did. */
export interface ProxierState {
  readonly lastUpdated: Date;
  /** When the oldest update that is not yet in the data plane was queued; absent if none waits. */
  readonly pendingSince?: Date;
}

/** The node as kube-proxy knows it. A cordoned node is as good as any other. */
export interface ProxiedNode {
  readonly taints: readonly Taint[];
  /** Has a deletion timestamp. */
  readonly deleting: boolean;
}

export interface ProxyState {
  readonly proxiers: Readonly<Partial<Record<IpFamily, ProxierState>>>;
  /** Absent where kube-proxy does not find its Node object, as with a wrong `--hostname-override`. */
  readonly node?: ProxiedNode;
  readonly timeoutSeconds?: number;
}

/**
 * The answer of kube-proxy's own health server. `/livez`: the data plane keeps up. `/healthz`: that, and the node is not about to
 * go away; meant for load balancers under Cluster. In the body `healthy` is the data plane alone, on both paths.
 * Source: k/k pkg/proxy/healthcheck/proxy_health.go; KEP-3836.
 */
export function proxyHealthAnswer(path: "/healthz" | "/livez", state: ProxyState, now: Date): HttpAnswer {
  const healthy = dataplaneHealthy(state, now);
  const eligible = nodeEligible(state.node);
  const ok = healthy && (path === "/livez" || eligible);
  const proxiers = families(state);
  const newest = proxiers.map(([, { lastUpdated }]) => lastUpdated.getTime()).sort((a, b) => b - a)[0];
  return {
    status: ok ? 200 : 503,
    headers: { "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" },
    body: JSON.stringify({
      lastUpdated: goTime(ok ? now : newest === undefined ? undefined : new Date(newest)),
      currentTime: goTime(now),
      ...(path === "/healthz" && { nodeEligible: eligible }),
      healthy,
      ...(proxiers.length > 0 && {
        status: Object.fromEntries(
          proxiers.map(([family, proxier]) => [family, statusOf(proxier, state, now)]),
        ),
      }),
    }),
  };
}

/** What the health-check node ports call `serviceProxyHealthy`. */
export function dataplaneHealthy(state: ProxyState, now: Date): boolean {
  return families(state).every(([, proxier]) => inTime(proxier, state, now));
}

export function nodeEligible(node: ProxiedNode | undefined): boolean {
  return node !== undefined && !node.deleting && node.taints.every(({ key }) => key !== TO_BE_DELETED_TAINT);
}

function families({ proxiers }: ProxyState): readonly (readonly [IpFamily, ProxierState])[] {
  return (["IPv4", "IPv6"] as const).flatMap((family) => {
    const proxier = proxiers[family];
    return proxier ? [[family, proxier] as const] : [];
  });
}

function inTime(
  { pendingSince }: ProxierState,
  { timeoutSeconds = PROXY_HEALTH_TIMEOUT_SECONDS }: ProxyState,
  now: Date,
): boolean {
  return pendingSince === undefined || now.getTime() - pendingSince.getTime() < timeoutSeconds * 1000;
}

function statusOf(proxier: ProxierState, state: ProxyState, now: Date) {
  return { lastUpdated: goTime(proxier.lastUpdated), healthy: inTime(proxier, state, now) };
}

/** RFC 3339 as Go writes it: no trailing zeros in the fraction; the zero time for what never was. */
function goTime(date: Date | undefined): string {
  return date ? date.toISOString().replace(/\.?0*Z$/, "Z") : "0001-01-01T00:00:00Z";
}
