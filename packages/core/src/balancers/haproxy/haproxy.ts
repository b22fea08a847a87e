import { reachesNodes, orElse, type ClientAddress, type Front, type Node, type Service } from "../../model";
import type { CheckingBalancer, Registration } from "../balancer";
import { passes } from "../checks/check-answer";
import type { HealthCheckWish } from "../checks/health-check-wish";
import { nodeCheck } from "../checks/node-check";
import { podCheck } from "../checks/pod-check";
import { HEALTH_CHECK_PATH, isLocal, requiredOfNodes } from "../checks/required";
import { clientAddressBehind } from "../client-address";
import { inPlace } from "../in-place";
import { sayBalancer } from "../texts";
import { AT_ONCE, checkTiming, NEVER, type Timing } from "../timing";
import { HAPROXY_INSTRUCTIONS } from "./instructions";
import { HAPROXY_LAWS } from "./laws";
import { weighServers } from "./weigh-servers";

/** Attribute of a front whose load balancer names the client in a header of HTTP (`X-Forwarded-For`). */
export const FORWARDS_ADDRESS = "option forwardfor";

/**
 * HAProxy outside the cluster, as its configuration has it: it opens a connection of its own to a server, so what arrives comes from
 * it, unless its configuration says otherwise. A server that nothing checks is up for good; with none up, clients are refused.
 * Configuration manual, 2.6 to 3.2.
 */
export const haproxy: CheckingBalancer = {
  kind: "haproxy",
  title: "HAProxy",
  name: "haproxy",
  targets: ["node", "pod"],
  registers,
  weigh: weighServers,
  healthCheckFor,
  check: (front, service, workloads) => {
    if (!front.healthCheck) return passes("everywhere");
    const ask = reachesNodes(orElse(front.targets.value, "node")) ? nodeCheck : podCheck;
    return ask(front, service, workloads);
  },
  withoutHealthyTargets: "refuses",
  timing,
  emptyZoneSeconds: () => 0,
  resetsUnhealthy: () => false,
  clientAddress,
  publishes: () => "hostname",
  deliversTo: () => "nodePort",
  laws: HAPROXY_LAWS,
  instructions: HAPROXY_INSTRUCTIONS,
  inPlaceOf: (front) =>
    inPlace(front, { name: "haproxy", controller: "haproxy", targets: "node", preserves: false }),
};

/** A server receives connections whatever becomes of the node in Kubernetes, unless it weighs nothing. Without a known address any may be one. */
function registers(nodes: readonly Node[], { members = [] }: Front): Registration {
  const known = members.filter(({ node }) => node !== undefined);
  if (known.length === 0)
    return {
      nodes: nodes.map((_, index) => index),
      assumptions: members.length > 0 ? [sayBalancer("servers-without-nodes")] : [],
    };
  const serving = new Set(
    known.flatMap(({ node, weight }) => (node !== undefined && weight.value !== 0 ? [node] : [])),
  );
  return { nodes: nodes.flatMap(({ name }, index) => (serving.has(name) ? [index] : [])), assumptions: [] };
}

/** Nobody takes a listed server out; the servers of a front that is only assumed are registered by whoever makes it. */
function timing(front: Front): Timing {
  const rest = { firstCheck: AT_ONCE, propagation: AT_ONCE, deregistration: front.members ? NEVER : AT_ONCE };
  if (!front.healthCheck)
    return { ...rest, detection: NEVER, recovery: AT_ONCE, basis: [sayBalancer("unchecked-targets")] };
  return checkTiming(front, rest);
}

function clientAddress(front: Front, service: Service): ClientAddress {
  const seen = clientAddressBehind(front, service);
  return seen.sees !== "client" && front.attributes[FORWARDS_ADDRESS]?.value === true
    ? { sees: "client", via: "header" }
    : seen;
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
