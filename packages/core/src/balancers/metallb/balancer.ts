import { byDefault, selects, type Front, type Node, type Service } from "../../model";
import type { Balancer, Draw, Registration, Target, Weigh } from "../balancer";
import { passes } from "../checks/check-answer";
import { clientAddressBehind } from "../client-address";
import { inPlace } from "../in-place";
import { AT_ONCE, exactly, UNKNOWN_SECONDS, type Seconds, type Timing } from "../timing";
import { certain, evenly } from "../weigh";
import { EXCLUDE_LABEL } from "./announce";
import { leadershipOrder } from "./election";
import { METALLB_LAWS } from "./laws";
import { sayMetallb } from "./texts";

/** Attribute of a front: whether the speakers ignore the label that excludes nodes from load balancers. */
export const IGNORES_EXCLUDE_LABEL = "ignoreExcludeLB";
/** Attribute of a front: seconds until a BGP session to a lost node ends. */
const HOLD_TIME = "holdTime";

/**
 * MetalLB makes nodes announce a Service's address and checks nothing itself: under Local the nodes with an endpoint that serves, under
 * Cluster all of them. Packets arrive as they were sent. Concepts and usage pages of the project; `speaker/*_controller.go`.
 */
const METALLB: Pick<
  Balancer,
  | "targets"
  | "registers"
  | "healthCheckFor"
  | "check"
  | "withoutHealthyTargets"
  | "emptyZoneSeconds"
  | "resetsUnhealthy"
  | "clientAddress"
  | "publishes"
  | "deliversTo"
  | "laws"
> = {
  targets: ["node"],
  registers,
  healthCheckFor: () => undefined,
  check: () => passes("whileServed"),
  withoutHealthyTargets: "refuses",
  emptyZoneSeconds: () => 0,
  resetsUnhealthy: () => false,
  clientAddress: clientAddressBehind,
  publishes: () => "address",
  deliversTo: () => "loadBalancerAddress",
  laws: METALLB_LAWS,
};

/** In layer 2 one node answers for the address, and everything comes through it. */
export const metallbLayer2: Balancer = {
  ...METALLB,
  kind: "metallb-l2",
  title: "MetalLB in layer 2 mode",
  name: "metallb-l2",
  entersOneNode: true,
  weigh: weighLeader,
  timing: () => timing(UNKNOWN_SECONDS, "failover-in-layer-two"),
  inPlaceOf: (front) => withoutCheck(front, "metallb-l2"),
};

/** Over BGP every announcing node is a next hop, and the routers spread connections over them. */
export const metallbBgp: Balancer = {
  ...METALLB,
  kind: "metallb-bgp",
  title: "MetalLB in BGP mode",
  name: "metallb-bgp",
  weigh: (targets) => evenly(targets, "node"),
  timing: bgpTiming,
  inPlaceOf: (front) => withoutCheck(front, "metallb-bgp"),
};

function registers(nodes: readonly Node[], front: Front, { externalTrafficPolicy }: Service): Registration {
  const { announcements } = front;
  const ignoresLabel = front.attributes[IGNORES_EXCLUDE_LABEL]?.value === true;
  const announcing = nodes.flatMap((node, index) => {
    const isExcluded = node.networkUnavailable === true || (EXCLUDE_LABEL in node.labels && !ignoresLabel);
    const isSelected =
      announcements === undefined ||
      announcements.some(
        ({ nodeSelectors }) =>
          nodeSelectors.length === 0 || nodeSelectors.some((selector) => selects(selector, node.labels)),
      );
    return isSelected && !isExcluded ? [index] : [];
  });
  return {
    nodes: announcing,
    ...(externalTrafficPolicy === "Local" ? { onlyWithEndpoint: "serving" as const } : {}),
    assumptions: [sayMetallb("speaker-on-every-node")],
  };
}

/** Exact where the names of the nodes and the address are known; else any of the most preferred nodes may lead. */
function weighLeader(targets: readonly Target[], { announcements = [], address }: Front): Weigh {
  const preference = targets.map(({ labels = {} }) =>
    announcements
      .flatMap(({ preferences }) => preferences)
      .reduce((sum, { weight, selector }) => sum + (selects(selector, labels) ? weight : 0), 0),
  );
  const known = typeof address?.value === "string" ? address.value : undefined;
  const rank = known === undefined ? undefined : rankOf(targets, preference, known);
  return (entered) => {
    if (entered.length === 0) return certain(targets.map(() => 0));
    if (rank) {
      const leader = entered.reduce((best, one) => ((rank[one] ?? 0) < (rank[best] ?? 0) ? one : best));
      return certain(targets.map((_, target) => (target === leader ? 1 : 0)));
    }
    const most = Math.max(...entered.map((target) => preference[target] ?? 0));
    const candidates = entered.filter((target) => preference[target] === most);
    return candidates.map((leader): Draw => ({
      probability: 1 / candidates.length,
      fractions: targets.map((_, target) => (target === leader ? 1 : 0)),
    }));
  };
}

function rankOf(
  targets: readonly Target[],
  preference: readonly number[],
  address: string,
): readonly number[] {
  const names = targets.map(({ node }, index) => node ?? `${index}`);
  const order = leadershipOrder(
    names,
    address,
    new Map(names.map((name, index) => [name, preference[index] ?? 0])),
  );
  const position = new Map(order.map((name, index) => [name, index]));
  return names.map((name) => position.get(name) ?? Infinity);
}

/** Seconds of MetalLB's native mode where neither the peer nor a BFD profile says otherwise. */
const NATIVE_HOLD_SECONDS = 90;

function bgpTiming({ attributes }: Front): Timing {
  const holdTime = attributes[HOLD_TIME]?.value;
  return timing(exactly(typeof holdTime === "number" ? holdTime : NATIVE_HOLD_SECONDS), "bgp-hold-time");
}

/** Announcements follow the endpoints at once (measured: 0.2 s); only a lost node takes time to be noticed. */
function timing(nodeLoss: Seconds, code: "failover-in-layer-two" | "bgp-hold-time"): Timing {
  const follows = sayMetallb("announcements-follow-endpoints");
  return {
    firstCheck: AT_ONCE,
    detection: AT_ONCE,
    propagation: AT_ONCE,
    recovery: AT_ONCE,
    deregistration: AT_ONCE,
    nodeLoss,
    basis: [
      follows,
      code === "bgp-hold-time" ? sayMetallb(code, { seconds: nodeLoss.most }) : sayMetallb(code),
    ],
  };
}

/** It checks nothing, sends no header and changes no address. */
function withoutCheck(front: Front, name: "metallb-l2" | "metallb-bgp"): Front {
  const { healthCheck: _, ...other } = inPlace(front, {
    name,
    controller: "metallb",
    targets: "node",
    preserves: true,
  });
  const { at } = front.targets;
  return {
    ...other,
    preservesClientAddress: byDefault(true, at),
    proxyProtocol: byDefault("off", at),
  };
}
