import { balancerOf, canPass, clientAddressOf } from "../balancers";
import {
  isUnknown,
  reachesNodes,
  type ClientAddress,
  type Exposure,
  type Front,
  type Knowable,
  type Service,
  type Statement,
  type Workload,
} from "../model";
import type { Group } from "./phase";
import { sayTransition } from "./texts";
import type { Ways } from "./ways";
import type { Transition, TransitionGoal, TransitionWay } from "./transition";

/** What else changes with a switch, for people who do it. */
export function notesOn(
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
  { service: later, front: after, atOnce }: Ways,
  before: Front | undefined,
  to: TransitionGoal,
  ends: Pick<Transition, "before" | "after">,
): readonly Statement[] {
  if (atOnce.length === 0) return [sayTransition("nothing-to-do", { to })];
  return [
    ...addressNote(clientAddressOf(before, service), clientAddressOf(after, later)),
    ...portNote(service, later),
    ...proxyNote(later, after, workloads),
    ...lossNote(ends),
    ...closedNote(later, after, ends.after, workloads),
    ...(to === "ip" ? [sayTransition("pods-must-admit")] : []),
  ];
}

/** What no order avoids: a zone that is left without a target is dead to whoever still has its address. */
export function zoneNote(
  { fullLossSeconds }: TransitionWay,
  ...groups: readonly Pick<Group, "zoneSeconds">[]
): readonly Statement[] {
  const seconds = Math.max(...groups.map(({ zoneSeconds }) => zoneSeconds));
  if (fullLossSeconds.worst === 0 || seconds === 0) return [];
  return [sayTransition("zones-lose", { seconds })];
}

/** Where what follows the switch is wrong for it: a check that somebody wrote, a header, a type without the port. */
function lossNote({ before, after }: Pick<Transition, "before" | "after">): readonly Statement[] {
  if (after.dropped.worst <= before.dropped.worst) return [];
  return [sayTransition("drops-afterwards", { fraction: after.dropped.mean, check: after.healthCheck })];
}

/** The balancer then takes every target alike, dead ones too. */
function closedNote(
  later: Service,
  after: Front | undefined,
  { healthCheck }: Transition["after"],
  workloads: readonly Workload[],
): readonly Statement[] {
  if (!after || later.externalTrafficPolicy === "Local") return [];
  if (isUnknown(after.targets.value) || !reachesNodes(after.targets.value)) return [];
  const balancer = balancerOf(after);
  if (healthCheck === null || !balancer || canPass(balancer.check(after, later, workloads)) !== false)
    return [];
  return [sayTransition("no-target-passes", { check: healthCheck })];
}

function addressNote(was: Knowable<ClientAddress>, is: Knowable<ClientAddress>): readonly Statement[] {
  if (isUnknown(was) || isUnknown(is)) return [];
  const say = ({ sees, via }: ClientAddress): string =>
    sees === "client"
      ? via === "proxyProtocol"
        ? "the client's in the PROXY header"
        : "the client's"
      : `the ${sees === "node" ? "node" : "load balancer"}'s`;
  return say(was) === say(is) ? [] : [sayTransition("address-changes", { from: say(was), to: say(is) })];
}

/** The number is released when it is no longer needed; Kubernetes `pkg/registry/core/service/storage/alloc.go`. */
function portNote(service: Service, later: Service): readonly Statement[] {
  if (service.externalTrafficPolicy === "Local" && later.externalTrafficPolicy !== "Local")
    return service.healthCheckNodePort === undefined ? [] : [sayTransition("health-port-released")];
  if (service.externalTrafficPolicy !== "Local" && later.externalTrafficPolicy === "Local") {
    return later.healthCheckNodePort === undefined ? [sayTransition("no-health-port")] : [];
  }
  return [];
}

/** Where the header is sent with the check too, and its port cannot parse it. */
function proxyNote(
  later: Service,
  after: Front | undefined,
  workloads: readonly Workload[],
): readonly Statement[] {
  const header = after?.proxyProtocol.value ?? "off";
  const balancer = after && balancerOf(after);
  if (!after || !balancer || later.externalTrafficPolicy !== "Local" || isUnknown(header) || header === "off")
    return [];
  return canPass(balancer.check(after, later, workloads)) === false
    ? [sayTransition("header-breaks-check")]
    : [];
}
