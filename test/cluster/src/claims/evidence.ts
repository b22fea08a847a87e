import type { BrokenProxy } from "../experiments/broken-proxy";
import type { Bypass } from "../experiments/bypass";
import type { Counts } from "../experiments/shares";
import type { Switching } from "../experiments/switching";
import type { ObservedHealth } from "../health/health-check-ports";
import type { ObservedProxyHealth } from "../health/proxy-health";
import type { ProxyMode } from "../lab/proxies";
import type { End } from "../rows/ends";
import type { ObservedRow } from "../rows/observe";

/** What was seen in one proxy mode. */
export interface Evidence {
  readonly mode: ProxyMode;
  readonly rows: readonly ObservedRow[];
  /** The same for kube-proxies that do not know their own pods (`--detect-local-mode=ClusterCIDR` without a range). */
  readonly undetected: readonly ObservedRow[];
  readonly health: readonly ObservedHealth[];
  readonly proxyHealth: readonly ObservedProxyHealth[];
  readonly broken: BrokenProxy;
  readonly bypass: Bypass;
  readonly switching: Switching;
  /** One pod on a, two on c, entered evenly at both. */
  readonly localShares: Counts;
  /** The same pods, entered evenly at all three nodes. */
  readonly clusterShares: Counts;
}

/** The ways to an address that kube-proxy owns and that the world outside knows. */
export const OWNED = ["VIP", "external IP"] as const;
/** The ways to the load balancer itself. */
export const NOT_OWNED = ["Proxy address", "host name"] as const;

/** Asks the evidence by the names of rows: `seen("spread-local-cluster", "client at b", "VIP")`. */
export class Reader {
  readonly #rows: ReadonlyMap<string, ObservedRow>;

  constructor(readonly evidence: Evidence) {
    this.#rows = new Map(evidence.rows.map((row) => [key(row.service, row.caller.name, row.called), row]));
  }

  /** The ends of a row's connections. Throws for a row that was not run, so that a claim never rests on nothing. */
  seen(service: string, caller: string, called: string): readonly End[] {
    const row = this.#rows.get(key(service, caller, called));
    if (!row) throw new RangeError(`no row was run for ${key(service, caller, called)}`);
    return row.observed;
  }

  /** Pods that answered. */
  answered(service: string, caller: string, called: string): string {
    const pods = this.seen(service, caller, called).flatMap((end) =>
      / sees /.exec(end) ? end.split(" ")[0] : [],
    );
    return [...new Set(pods)].sort().join(" ");
  }

  /** The source addresses that the pods saw. */
  sources(service: string, caller: string, called: string): string {
    const sources = this.seen(service, caller, called).flatMap((end) => end.split(" sees ")[1] ?? []);
    return [...new Set(sources)].sort().join(" ");
  }

  /** All connections ended so, and in no other way. */
  only(end: End, service: string, caller: string, called: string): boolean {
    const seen = this.seen(service, caller, called);
    return seen.length === 1 && seen[0] === end;
  }

  /** The same row where kube-proxy does not know its own pods. */
  onlyUndetected(end: End, service: string, caller: string, called: string): boolean {
    const row = this.evidence.undetected.find(
      (one) => key(one.service, one.caller.name, one.called) === key(service, caller, called),
    );
    if (!row) throw new RangeError(`no row without a detector was run for ${key(service, caller, called)}`);
    return row.observed.length === 1 && row.observed[0] === end;
  }

  /** What the health-check node port of a node said. */
  health(service: string, node: string): ObservedHealth["observed"] {
    const found = this.evidence.health.find((one) => one.service === service && one.node === node);
    if (!found) throw new RangeError(`the health-check node port of ${service} was not asked on ${node}`);
    return found.observed;
  }

  status(service: string, node: string): number | undefined {
    const answer = this.health(service, node);
    return typeof answer === "string" ? undefined : answer.status;
  }
}

function key(service: string, caller: string, called: string): string {
  return `${service}: ${caller} to ${called}`;
}
