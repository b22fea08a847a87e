import { withCandidate } from "../decide/candidate";
import type { Exposure, Front, Service, Statement, TrafficPolicy } from "../model";
import { controllerOf, isBuiltFromService } from "../balancers";
import { describeCheck, frontFor, isUnchecked, replacedBy } from "./after";
import { aroundEmptyNodes, beside } from "./detours";
import { groupOf, settling, type Group, type Phase } from "./phase";
import { checkFirst, meanwhile, whileStale } from "./reasons";
import { withoutAnnotations, wrongPins } from "./pinned-check";
import { sayTransition } from "./texts";
import type { TransitionOptions } from "./transition";
import type { Ways } from "./ways";

const DEFAULT_GAP_SECONDS = 60;

/** What a switch of the policy is about: the Service and front before and after, and their targets. */
interface Switch {
  readonly to: TrafficPolicy;
  readonly before: Service;
  readonly service: Service;
  readonly workloads: Exposure["workloads"];
  readonly front: Front | undefined;
  readonly after: Front | undefined;
  readonly old: Group;
  readonly changed: Group;
  /** No node would be left without a pod. */
  readonly everyNodeHasPods: boolean;
  readonly group: (service: Service, front: Front | undefined, name?: Group["name"]) => Group;
}

/** Switching the external policy. `everyNodeHasPods`: no node would be left without a pod. */
export function policyWays(
  exposure: Exposure,
  front: Front | undefined,
  to: TrafficPolicy,
  everyNodeHasPods: boolean,
  options: TransitionOptions,
): Ways {
  const { service: before, workloads } = exposure;
  const distribution = before.trafficDistribution;
  const service = withCandidate(before, {
    externalTrafficPolicy: to,
    trafficDistribution: typeof distribution === "string" ? distribution : null,
  });
  const after = front && frontFor(front, service);
  const group: Switch["group"] = (of, with_, name = "old") =>
    groupOf(name, { ...exposure, service: of }, with_, options.deregistrationSeconds);
  const old = group(before, front);
  const changed = group(service, after);
  const all = { to, before, service, workloads, front, after, old, changed, everyNodeHasPods, group };
  return { service, front: after, start: { groups: [old], active: "old" }, ...phasesOf(all, options) };
}

type Phases = Pick<Ways, "atOnce" | "inOrder" | "assumptions">;

function phasesOf(all: Switch, { gapSeconds = DEFAULT_GAP_SECONDS }: TransitionOptions): Phases {
  const { old, front, after } = all;
  if (old.path.enters === "pods") return alone(setPolicy(all, [sayTransition("targets-are-pods")]));
  const replacing = front && after && replacedBy(front, after);
  if (front && after && replacing) return replaced(all, front, after, replacing);
  const pins = after ? wrongPins(after, all) : [];
  if (front && after && pins.length > 0) return pinned(all, front, after, pins);
  const isKept = front && (front.healthCheck || isUnchecked(front)) && !isBuiltFromService(front);
  if (!isKept || !after) return byController(all);
  const holds = describeCheck(front, all.before) === describeCheck(after, all.service);
  return holds
    ? alone(setPolicy(all, meanwhile(all.to, all.everyNodeHasPods, hasHealthPort(all))))
    : byHand(all, front, after, gapSeconds);
}

function alone(phase: Phase): Phases {
  return { atOnce: [phase], inOrder: [phase], assumptions: [] };
}

function setPolicy({ to, changed }: Switch, why: readonly Statement[]): Phase {
  return { action: sayTransition("set-policy", { to }), why, groups: [changed], active: "old" };
}

/** Whether there is a healthCheckNodePort to open or to close: only where the type is LoadBalancer. */
function hasHealthPort({ before, service }: Switch): boolean {
  return [before, service].some(({ healthCheckNodePort }) => healthCheckNodePort !== undefined);
}

/** The controller makes a new target group, and nobody can have it do so later. */
function replaced(all: Switch, front: Front, after: Front, why: Statement): Phases {
  const fresh = all.group(all.service, after, "new");
  return {
    atOnce: [{ ...setPolicy(all, [why]), groups: [fresh], active: "new" }],
    inOrder: beside(all.old, fresh, front, `externalTrafficPolicy ${all.to}`),
    assumptions: [],
  };
}

/** A controller changes the check with the policy, or nothing is known of one. */
function byController(all: Switch): Phases {
  const { to, service, front, after, old, everyNodeHasPods } = all;
  const check = front?.healthCheck && after ? describeCheck(after, service) : null;
  const controller = front && nameOf(front);
  const following =
    controller !== undefined && check !== null ? [sayTransition("check-follows", { controller, check })] : [];
  const turn = (allHavePods: boolean): Phase =>
    setPolicy(all, [...following, ...meanwhile(to, allHavePods, hasHealthPort(all))]);
  const empties = to === "Local" && !everyNodeHasPods;
  return {
    atOnce: [turn(everyNodeHasPods)],
    inOrder: empties ? aroundEmptyNodes(old, [turn(true)], front) : [turn(everyNodeHasPods)],
    assumptions:
      following.length > 0 && controller !== undefined
        ? [sayTransition("controller-follows-at-once", { controller })]
        : [],
  };
}

/** Annotations keep the check from following the policy: removed first, they let it. */
function pinned(all: Switch, front: Front, after: Front, pins: readonly string[]): Phases {
  const { to, before, service, changed, everyNodeHasPods, group } = all;
  const stale = whileStale(
    to,
    describeCheck(after, before),
    everyNodeHasPods,
    changed.path,
    hasHealthPort(all),
  );
  const [freeBefore, freeService] = [withoutAnnotations(before, pins), withoutAnnotations(service, pins)];
  const [freeFront, freeAfter] = [frontFor(front, freeBefore), frontFor(front, freeService)];
  const atOnce = [setPolicy(all, stale)];
  if (replacedBy(front, freeFront) || replacedBy(freeFront, freeAfter)) {
    const fresh = group(freeService, freeAfter, "new");
    const inOrder = beside(all.old, fresh, front, `externalTrafficPolicy ${to}`, pins);
    return { atOnce, inOrder, assumptions: [] };
  }
  const old = group(freeBefore, freeFront);
  const free: Phase = {
    action: sayTransition("remove-annotations", { annotations: pins }),
    why: [
      sayTransition("check-fixed", {
        controller: nameOf(front),
        check: describeCheck(freeFront, freeBefore),
      }),
    ],
    seconds: settling([old]),
    groups: [old],
    active: "old",
  };
  const { inOrder, assumptions } = byController({
    ...all,
    before: freeBefore,
    service: freeService,
    front: freeFront,
    after: freeAfter,
    old,
    changed: group(freeService, freeAfter),
  });
  return { atOnce, inOrder: [free, ...inOrder], assumptions };
}

/** Somebody has to change the check too: after the policy where only that gives the port, else before it. */
function byHand(all: Switch, front: Front, after: Front, gapSeconds: number): Phases {
  const { to, before, service, old, changed, everyNodeHasPods } = all;
  const stale = staleGroup(all.group(service, front), old, to);
  const gap = (allHavePods: boolean): Phase => ({
    ...setPolicy(
      all,
      whileStale(to, describeCheck(front, before), allHavePods, stale.path, hasHealthPort(all)),
    ),
    seconds: gapSeconds,
    groups: [stale],
  });
  const check = setCheck(after, service, sayTransition("check-suits-policy"), changed);
  const assumptions = [sayTransition("gap-between-changes", { seconds: gapSeconds })];
  const atOnce = [gap(everyNodeHasPods), check];
  if (to === "Local") {
    const inOrder = everyNodeHasPods ? atOnce : aroundEmptyNodes(old, [gap(true), check], front);
    return { atOnce, inOrder, assumptions };
  }
  const early = all.group(before, after);
  const first = { ...setCheck(after, service, checkFirst(old.path), early), seconds: settling([early]) };
  const then = [
    ...meanwhile(to, everyNodeHasPods, hasHealthPort(all)),
    sayTransition("check-holds-for-both"),
  ];
  return { atOnce, inOrder: [first, setPolicy(all, then)], assumptions };
}

function setCheck(front: Front, service: Service, why: Statement, group: Group): Phase {
  const at = front.healthCheck?.protocol.at.resource;
  const action = sayTransition("set-health-check", {
    of: at ? `${at.kind} ${at.name}` : null,
    check: describeCheck(front, service) ?? "none",
  });
  return { action, why: [why], groups: [group], active: "old" };
}

/** What people call whoever makes the front. */
function nameOf(front: Front): string {
  return controllerOf(front)?.title ?? front.controller.name;
}

/** Under Cluster nobody listens on the health-check node port any more, whatever its number was. */
function staleGroup(stale: Group, before: Group, to: TrafficPolicy): Group {
  const { path } = stale;
  const asked = before.path.enters === "nodes" && before.path.passes === "readyHere";
  if (to !== "Cluster" || !asked || path.enters === "pods") return stale;
  return { ...stale, path: { ...path, passes: "nowhere" } };
}
