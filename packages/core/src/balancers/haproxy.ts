import { orElse, type Front, type FrontMember, type Node, type Service } from "../model";
import { inPlace } from "./in-place";
import type { Balancer, HealthCheckWish, Targets } from "./balancer";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "./node-health-check";

/** Attribute of a front whose balancer names the client in a header of HTTP (`X-Forwarded-For`). */
export const FORWARDS_ADDRESS = "option forwardfor";

/**
 * HAProxy outside the cluster, as its configuration has it: it opens a connection of its own to a server, so what arrives comes from
 * it, unless its configuration says otherwise. A server that nothing checks is up for good; with none up, clients are refused.
 * Configuration manual, 2.6 to 3.2.
 */
export const haproxy: Balancer = {
  kind: "haproxy",
  title: "HAProxy",
  inPlaceOf: (front) =>
    inPlace(front, { balancer: "haproxy", controller: "haproxy", targets: "node", preserves: false }),
  publishes: "hostname",
  failsOpen: false,
  trustsUnchecked: true,
  /** A server is sent to whatever becomes of the node in Kubernetes, unless it weighs nothing. Without a known address any may be one. */
  registers: ({ name }: Node, front) => {
    const known = front?.members?.filter(({ node }) => node !== undefined) ?? [];
    return known.length === 0 || known.some(({ node, weight }) => node === name && weight.value !== 0);
  },
  weights: weightsOf,
  healthCheckFor,
};

/**
 * By the servers' weights, which every algorithm of `balance` follows in the long run, but for `first`, which fills one server before
 * it takes the next. Backup servers, the first of them or with `option allbackups` all, serve only where no other does.
 */
function weightsOf({ zones, nodes = [], addresses = [] }: Targets, front: Front): readonly number[] {
  const members = front.members ?? [];
  const at = zones.map((_, index) =>
    members.filter(
      ({ node, address }) =>
        (node !== undefined && node === nodes[index]) || address.value === addresses[index],
    ),
  );
  if (at.every((own) => own.length === 0)) return zones.map(() => 1 / zones.length);
  const sum = (kind: (member: FrontMember) => boolean): readonly number[] =>
    at.map((own) => own.filter(kind).reduce((total, { weight }) => total + orElse(weight.value, 1), 0));
  const active = sum(({ backup }) => !backup);
  if (active.some((weight) => weight > 0))
    return shares(attribute(front, "balance") === "first" ? onlyFirst(active, at, members) : active);
  const backups = sum(({ backup }) => backup);
  return shares(attribute(front, "option allbackups") === true ? backups : onlyFirst(backups, at, members));
}

/** The weights without those of every target but the one whose server stands first in the configuration. */
function onlyFirst(
  weights: readonly number[],
  at: readonly (readonly FrontMember[])[],
  members: readonly FrontMember[],
): readonly number[] {
  const order = at.map((own, index) =>
    (weights[index] ?? 0) > 0 ? Math.min(...own.map((one) => members.indexOf(one))) : Infinity,
  );
  const first = order.indexOf(Math.min(...order));
  return weights.map((weight, index) => (index === first ? weight : 0));
}

function shares(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function attribute({ attributes }: Front, name: string): unknown {
  return attributes[name]?.value;
}

/** HAProxy's own timings, which are quick enough: six seconds until a node is out. */
const TIMINGS = { intervalSeconds: 2, timeoutSeconds: 2, healthyThreshold: 2, unhealthyThreshold: 3 };

function healthCheckFor(service: Service): HealthCheckWish {
  const required = requiredOfNodes(service);
  const port = service.healthCheckNodePort;
  return isLocal(service) && port !== undefined
    ? {
        required,
        recommended: {
          protocol: "HTTP",
          port,
          path: HEALTH_CHECK_PATH,
          matcher: "200",
          proxyProtocol: "off",
          ...TIMINGS,
        },
      }
    : { required, recommended: { protocol: "TCP", port: "traffic-port", ...TIMINGS } };
}
