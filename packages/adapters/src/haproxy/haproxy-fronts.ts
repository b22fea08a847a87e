import { DEFAULT_NODE_PORT_RANGE } from "@evenkeel/core/api";
import {
  displayName,
  isUnknown,
  unknownAt,
  type Front,
  type Knowable,
  type Missing,
  type Node,
  type Service,
  type Unjoined,
} from "@evenkeel/core/model";
import { portOf, type HaproxyConfig, type Pool } from "./config";
import { frontOf, type FrontBehind } from "./front";
import type { PlacedServer } from "./setting";
import { behindServer, type BehindServer, type Surroundings } from "./service-of-server";
import { SERVICE_TAG } from "../aws/target-group";

export interface HaproxyFronts {
  readonly byService: ReadonlyMap<
    Service,
    { readonly fronts: readonly Front[]; readonly missing: readonly Missing[] }
  >;
  readonly unjoined: readonly Unjoined[];
}

/** Servers of one pool before one port of one Service. */
interface Group {
  readonly behind: BehindServer;
  readonly port: Knowable<number>;
  readonly servers: [PlacedServer, ...PlacedServer[]];
}

/** The fronts that configurations of HAProxy make, and those of which nothing could be joined. */
export function haproxyFronts(
  configs: readonly HaproxyConfig[],
  surroundings: Surroundings,
  nodes: readonly Node[],
): HaproxyFronts {
  const byService = new Map<Service, { fronts: Front[]; missing: Missing[] }>();
  const unjoined: Unjoined[] = [];
  for (const config of configs) {
    const grouped = config.pools.map((pool) => groupsOf(config, pool, surroundings));
    const isJoined = grouped.some(({ groups }) => groups.length > 0);
    const left: Unjoined[] = [];
    config.pools.forEach((pool, index) => {
      const { groups = [], strangers = [] } = grouped[index] ?? {};
      for (const { behind, port, servers } of groups) {
        const found = byService.get(behind.service) ?? { fronts: [], missing: [] };
        byService.set(behind.service, found);
        const front: FrontBehind = { servicePort: behind.port, targets: behind.targets, targetPort: port };
        found.fronts.push(frontOf(config, pool, servers, front, nodes));
        if (pool.listeners.length === 0) found.missing.push(missingListener(pool));
      }
      // Beside servers that are joined, others may well be none of Kubernetes, unless their port says so.
      const asked = isJoined ? strangers.filter(({ port }) => inRange(port)) : strangers;
      if (groups.length === 0) left.push(...unjoinedOf(config, pool, asked, nodes));
    });
    unjoined.push(...(isJoined ? left : left.slice(0, 1)));
  }
  return { byService, unjoined };
}

interface Grouped {
  readonly groups: readonly Group[];
  /** Servers that may be nodes or pods, of no Service in sight. */
  readonly strangers: readonly Stranger[];
}

interface Stranger {
  readonly server: PlacedServer;
  readonly port: Knowable<number>;
  readonly why: string;
}

function groupsOf(config: HaproxyConfig, pool: Pool, surroundings: Surroundings): Grouped {
  const groups: Group[] = [];
  const strangers: Stranger[] = [];
  for (const server of pool.servers) {
    const port = portOf(pool, server);
    const behind = behindServer(config, server, port, surroundings);
    if (behind === "none") continue;
    if ("why" in behind) {
      strangers.push({ server, port, why: behind.why });
      continue;
    }
    const known = groups.find(
      (one) =>
        one.behind.service === behind.service &&
        one.behind.targets === behind.targets &&
        sameValue(one.behind.port, behind.port) &&
        sameValue(one.port, port),
    );
    if (known) known.servers.push(server);
    else groups.push({ behind, port, servers: [server] });
  }
  return { groups, strangers };
}

function sameValue(a: Knowable<number>, b: Knowable<number>): boolean {
  return a === b || (isUnknown(a) && isUnknown(b));
}

function inRange(port: Knowable<number>): boolean {
  return !isUnknown(port) && port >= DEFAULT_NODE_PORT_RANGE.first && port <= DEFAULT_NODE_PORT_RANGE.last;
}

function unjoinedOf(
  config: HaproxyConfig,
  pool: Pool,
  [first, ...others]: readonly Stranger[],
  nodes: readonly Node[],
): readonly Unjoined[] {
  if (!first) return [];
  const servers: [PlacedServer, ...PlacedServer[]] = [first.server, ...others.map(({ server }) => server)];
  const behind: FrontBehind = { servicePort: unknownAt("port"), targets: "node", targetPort: first.port };
  const front = frontOf(config, pool, servers, behind, nodes);
  const { kind, name } = pool.proxy;
  const missing: Missing = {
    what: "service",
    detail: `the Service behind ${kind} ${name} of ${displayName(pool.home.resource)} was not found in the input: ${first.why}`,
    how: {
      means: "bringIn",
      or: `pin its spec.ports[].nodePort to the servers' port, or name it in the section: # ${SERVICE_TAG}: namespace/name`,
    },
  };
  return [{ ref: pool.home.resource, at: front.targets.at, missing, front }];
}

function missingListener({ home, proxy }: Pool): Missing {
  return {
    what: "loadBalancer",
    detail: `no frontend of ${displayName(home.resource)} sends to ${proxy.kind} ${proxy.name}`,
    how: { means: "bringIn" },
  };
}
