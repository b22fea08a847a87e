import { balancerOf, canPass, clientAddressOf } from "../balancers";
import {
  isUnknown,
  reachesNodes,
  type ClientAddress,
  type Front,
  type Knowable,
  type Service,
} from "../model";
import type { Group } from "./phase";
import type { Ways } from "./ways";
import type { Transition, TransitionGoal, TransitionWay } from "./transition";

/** What else changes with a switch, for people who do it. */
export function notesOn(
  service: Service,
  { service: later, front: after, atOnce }: Ways,
  before: Front | undefined,
  to: TransitionGoal,
  ends: Pick<Transition, "before" | "after">,
): readonly string[] {
  if (atOnce.length === 0) return [`nothing to do: it is ${to} already`];
  return [
    ...addressNote(clientAddressOf(before, service), clientAddressOf(after, later)),
    ...portNote(service, later),
    ...proxyNote(later, after),
    ...lossNote(ends),
    ...closedNote(later, after, ends.after),
    ...(to === "ip"
      ? [
          "the pods must admit the load balancer's traffic and checks; traffic policies, session affinity and trafficDistribution have no effect on that way any more",
        ]
      : []),
  ];
}

/** What no order avoids: a zone that is left without a target is dead to whoever still has its address. */
export function zoneNote(
  { fullLossSeconds }: TransitionWay,
  ...groups: readonly Pick<Group, "zoneSeconds">[]
): readonly string[] {
  const seconds = Math.max(...groups.map(({ zoneSeconds }) => zoneSeconds));
  if (fullLossSeconds.worst === 0 || seconds === 0) return [];
  return [
    `in order it still loses what goes to zones that are left without a target, for the ${seconds} s that clients know them: first spread the pods over all zones, or turn load_balancing.cross_zone.enabled on`,
  ];
}

/** Where what follows the switch is wrong for it: a check that somebody wrote, a header, a type without the port. */
function lossNote({ before, after }: Pick<Transition, "before" | "after">): readonly string[] {
  if (after.dropped.worst <= before.dropped.worst) return [];
  const keeps =
    after.healthCheck === null ? "nothing keeps" : `its check (${after.healthCheck}) does not keep`;
  const share = Math.round(after.dropped.mean * 1000) / 10;
  return [
    `afterwards ${share} % of new connections are dropped for as long as it stays so: ${keeps} the load balancer from nodes without a pod`,
  ];
}

/** The balancer then takes every target alike, dead ones too. */
function closedNote(
  later: Service,
  after: Front | undefined,
  { healthCheck }: Transition["after"],
): readonly string[] {
  if (!after || later.externalTrafficPolicy === "Local") return [];
  if (isUnknown(after.targets.value) || !reachesNodes(after.targets.value)) return [];
  const balancer = balancerOf(after);
  if (healthCheck === null || !balancer || canPass(balancer.check(after, later)) !== false) return [];
  return [
    `after that change alone no target passes its check (${healthCheck}): the load balancer sends to all of them alike, also to a node that is gone`,
  ];
}

function addressNote(was: Knowable<ClientAddress>, is: Knowable<ClientAddress>): readonly string[] {
  if (isUnknown(was) || isUnknown(is)) return [];
  const say = ({ sees, via }: ClientAddress): string =>
    sees === "client"
      ? via === "proxyProtocol"
        ? "the client's in the PROXY header"
        : "the client's"
      : `the ${sees === "node" ? "node" : "load balancer"}'s`;
  return say(was) === say(is) ? [] : [`the address that pods see changes from ${say(was)} to ${say(is)}`];
}

/** The number is released when it is no longer needed; Kubernetes `pkg/registry/core/service/storage/alloc.go`. */
function portNote(service: Service, later: Service): readonly string[] {
  if (service.externalTrafficPolicy === "Local" && later.externalTrafficPolicy !== "Local")
    return service.healthCheckNodePort === undefined
      ? []
      : ["the healthCheckNodePort is given back: a later Local has another number, unless one is pinned"];
  if (service.externalTrafficPolicy !== "Local" && later.externalTrafficPolicy === "Local") {
    return later.healthCheckNodePort === undefined
      ? [
          "a Service of this type has no healthCheckNodePort under Local: nothing tells the load balancer which nodes have pods",
        ]
      : [];
  }
  return [];
}

function proxyNote({ externalTrafficPolicy }: Service, after: Front | undefined): readonly string[] {
  const header = after?.proxyProtocol.value ?? "off";
  const nodes = after?.targets.value === "instance" || after?.targets.value === "node";
  if (!nodes || externalTrafficPolicy !== "Local" || isUnknown(header) || header === "off") return [];
  return [
    "the PROXY header is part of the health check too, and the healthCheckNodePort does not parse it: no target passes",
  ];
}
