import { withCandidate } from "../decide/candidate";
import type { Exposure, Front, Service, TrafficPolicy } from "../model";
import { describeCheck, frontFor, isBuiltFromService, isReplaced, isUnchecked } from "./after";
import { groupOf, settling, type Group, type Phase, type Start } from "./phase";
import type { TransitionOptions } from "./transition";

/** The ways from one state at rest to another, as phases. */
export interface Ways {
  readonly service: Service;
  readonly front: Front | undefined;
  readonly start: Start;
  readonly atOnce: readonly Phase[];
  readonly inOrder: readonly Phase[];
  readonly assumptions: readonly string[];
}

export const DEFAULT_GAP_SECONDS = 60;

/** Switching the external policy behind nodes as targets. `everyNodeHasPods`: no node would be left without a pod. */
export function policyWays(
  exposure: Exposure,
  front: Front | undefined,
  to: TrafficPolicy,
  everyNodeHasPods: boolean,
  { gapSeconds = DEFAULT_GAP_SECONDS, deregistrationSeconds }: TransitionOptions,
): Ways {
  const { service: before, cluster } = exposure;
  const distribution = before.trafficDistribution;
  const service = withCandidate(before, {
    externalTrafficPolicy: to,
    trafficDistribution: typeof distribution === "string" ? distribution : null,
  });
  const after = front && frontFor(front, service);
  const on = (of: Service, with_: Front | undefined, name: Group["name"] = "old"): Group =>
    groupOf(name, { service: of, cluster }, with_, deregistrationSeconds);
  const old = on(before, front);
  const start: Start = { groups: [old], active: "old" };
  const changed = on(service, after);
  const base = { service, front: after, start };
  const policy = setPolicy(to);

  if (old.plan.enters === "pods") {
    const turn: Phase = { ...policy, why: PAST_KUBE_PROXY, groups: [changed], active: "old" };
    return { ...base, atOnce: [turn], inOrder: [turn], assumptions: [] };
  }
  if (front && after && isReplaced(front, after)) {
    const fresh = on(service, after, "new");
    return {
      ...base,
      atOnce: [{ ...policy, why: REPLACED, groups: [fresh], active: "new" }],
      inOrder: beside(old, fresh, front, `with externalTrafficPolicy ${to}`),
      assumptions: [],
    };
  }
  const isKept = front && (front.healthCheck || isUnchecked(front)) && !isBuiltFromService(front);
  if (!isKept) {
    const changing = front?.healthCheck
      ? `${front.controller.name} changes the check in place with it, to ${describeCheck(after ?? front, service)}. `
      : "";
    const turn = (allHavePods: boolean): Phase => ({
      ...policy,
      why: `${changing}${meanwhile(to, allHavePods)}`,
      groups: [changed],
      active: "old",
    });
    return {
      ...base,
      atOnce: [turn(everyNodeHasPods)],
      inOrder:
        to === "Local" && !everyNodeHasPods
          ? aroundEmptyNodes(old, [turn(true)], front)
          : [turn(everyNodeHasPods)],
      assumptions: front?.healthCheck ? [`${front.controller.name} follows the policy at once`] : [],
    };
  }
  const stale = staleGroup(on(service, front), old, to);
  const check = setCheck(after ?? front, service);
  const gap = (allHavePods: boolean): Phase => ({
    ...policy,
    why: whileStale(to, describeCheck(front, before), allHavePods, stale),
    seconds: gapSeconds,
    groups: [stale],
    active: "old",
  });
  const settled: Phase = {
    ...check,
    why: "The load balancer now asks what goes with the policy.",
    groups: [changed],
    active: "old",
  };
  const assumed = [`between the change of the policy and that of the check lie ${gapSeconds} s`];
  if (to === "Local") {
    const turns = [gap(everyNodeHasPods), settled];
    return {
      ...base,
      atOnce: turns,
      inOrder: everyNodeHasPods ? turns : aroundEmptyNodes(old, [gap(true), settled], front),
      assumptions: assumed,
    };
  }
  const early = on(before, after);
  return {
    ...base,
    atOnce: [gap(everyNodeHasPods), settled],
    inOrder: [
      {
        ...check,
        why: "Under Local the traffic port already answers where a pod is and nowhere else, so every target stays what it is.",
        seconds: settling([early]),
        groups: [early],
        active: "old",
      },
      {
        ...policy,
        why: `${meanwhile(to, everyNodeHasPods)} The check holds under both policies.`,
        groups: [changed],
        active: "old",
      },
    ],
    assumptions: assumed,
  };
}

const PAST_KUBE_PROXY =
  "The load balancer sends to the pods themselves, past kube-proxy: nothing changes on that way.";

const REPLACED =
  "cloud-provider-aws makes a new target group, because protocol or interval of the check change; none of its targets is sent to before it has passed its first checks.";

function setPolicy(to: TrafficPolicy): Pick<Phase, "action"> {
  return { action: `set spec.externalTrafficPolicy to ${to}` };
}

function setCheck(front: Front, service: Service): Pick<Phase, "action"> {
  const check = front.healthCheck;
  const at = check
    ? `${check.protocol.at.resource.kind} ${check.protocol.at.resource.name}`
    : "the load balancer";
  return { action: `set the health check of ${at} to ${describeCheck(front, service)}` };
}

function meanwhile(to: TrafficPolicy, allHavePods: boolean): string {
  if (to === "Cluster")
    return "Every node serves at once; those without a pod are sent to when they have passed the check. The healthCheckNodePort is closed and given back.";
  const until = allHavePods ? "" : " until they fail the check";
  return `${emptyNodes(allHavePods)}${until}. The healthCheckNodePort is allocated only now.`;
}

function whileStale(to: TrafficPolicy, check: string | null, allHavePods: boolean, { plan }: Group): string {
  const still = check === null ? "Nothing checks the targets" : `The check is still ${check}`;
  if (to === "Local")
    return `${still}; the healthCheckNodePort is allocated only now. ${emptyNodes(allHavePods)}.`;
  if (plan.enters === "pods" || plan.passing !== "none") return `${still}, which every node answers.`;
  const then = plan.failsOpen
    ? "and the load balancer fails open"
    : "and the load balancer refuses everything";
  return `${still}. Nobody answers there any more: every target turns unhealthy, ${then}.`;
}

function emptyNodes(allHavePods: boolean): string {
  return allHavePods
    ? "Every node that is sent to has a pod, so nothing is dropped"
    : "Nodes without a pod drop what still arrives there";
}

/** Under Cluster nobody listens on the health-check node port any more, whatever its number was. */
function staleGroup(stale: Group, before: Group, to: TrafficPolicy): Group {
  const { plan } = stale;
  const asked =
    before.plan.enters === "nodes" &&
    before.plan.passing === "withEndpoint" &&
    before.plan.asks === "service";
  if (to !== "Cluster" || !asked || plan.enters === "pods") return stale;
  return { ...stale, plan: { ...plan, passing: "none" } };
}

/** Nodes without a pod are taken out first, while they still serve, and come back when the check keeps them out. */
function aroundEmptyNodes(old: Group, turns: readonly Phase[], front: Front | undefined): readonly Phase[] {
  const last = turns.at(-1)?.groups ?? [];
  return [
    {
      action: `take the nodes without a pod out of the load balancer (${howToRegister(front)})`,
      why: "Under Cluster they still serve what arrives until nothing does. No pod may move meanwhile.",
      seconds: old.lag.deregistration,
      groups: [{ ...old, podsOnly: true }],
      active: "old",
    },
    ...turns.map((turn): Phase => ({
      ...turn,
      seconds: turn.seconds ?? settling(turn.groups),
      groups: turn.groups.map((group) => ({ ...group, podsOnly: true })),
    })),
    {
      action: "put them back",
      why: "They fail the check from the first and are not sent to until they have a pod.",
      groups: last,
      active: "old",
    },
  ];
}

function howToRegister(front: Front | undefined): string {
  if (front && isBuiltFromService(front))
    return "annotation service.beta.kubernetes.io/aws-load-balancer-target-node-labels with a label of the nodes that have pods";
  if (front?.controller.name === "pulumi")
    return "spec.nodeSelector of the TargetGroupBinding, or deregister them";
  return "label node.kubernetes.io/exclude-from-external-load-balancers";
}

/** A second group of targets beside the first; nothing is taken away before the new one serves. */
export function beside(old: Group, fresh: Group, front: Front, how: string): readonly Phase[] {
  const own = isBuiltFromService(front);
  return [
    {
      action: own
        ? `create a second Service ${how}, with the same selector and a load balancer of its own`
        : `create a second target group ${how} beside the first, and register its targets`,
      why: "Its targets pass their first checks while the old ones still serve. Registration has been seen to take minutes (kubernetes-sigs/aws-load-balancer-controller#1834): wait until they are healthy.",
      seconds: settling([fresh]),
      groups: [old, fresh],
      active: "old",
    },
    {
      action: own
        ? "point the DNS name to the new load balancer"
        : "point the listener to the new target group",
      why: own
        ? "Clients that still know the old addresses are served as before."
        : "New connections go to targets that are healthy already.",
      seconds: old.lag.deregistration,
      groups: [old, fresh],
      active: "new",
    },
    {
      action: own ? "delete the old Service" : "remove the old target group",
      why: "Nothing new arrives there any more; wait longer for connections that live longer.",
      groups: [fresh],
      active: "new",
    },
  ];
}
