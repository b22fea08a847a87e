import { statementsOf } from "../model";

/** What transitions have to say. */
const TRANSITION_TEXTS = {
  // Assumptions
  "pods-stay": () => "assuming pods stay where they are during the switch",
  "controller-follows-at-once": ({ controller }: { controller: string }) =>
    `assuming ${controller} follows the policy immediately`,
  "gap-between-changes": ({ seconds }: { seconds: number }) =>
    `assuming ${seconds} s between the change of the policy and the change of the health check`,
  "listener-follows-at-once": () =>
    "assuming the listener points to the new target group as soon as that exists, and its targets are registered immediately",

  // Actions
  "set-policy": ({ to }: { to: string }) => `set spec.externalTrafficPolicy to ${to}`,
  "set-health-check": ({ of, check }: { of: string | null; check: string }) =>
    `set the health check of ${of ?? "the load balancer"} to ${check}`,
  "remove-annotations": ({ annotations }: { annotations: readonly string[] }) =>
    `remove the ${annotationList(annotations)}`,
  "exclude-empty-nodes": ({ how }: { how: string }) =>
    `remove the nodes without a pod from the load balancer (${how})`,
  "put-nodes-back": () => "add them again",
  "create-second": ({
    what,
    setting,
    without,
  }: {
    what: Second;
    setting: string;
    without: readonly string[];
  }) => {
    const how =
      without.length > 0 ? `with ${setting}, without the ${annotationList(without)},` : `with ${setting}`;
    return what === "Service"
      ? `create a second Service ${how} with the same selector and a load balancer of its own`
      : `create a second target group ${how} beside the first, and register its targets`;
  },
  "point-to-second": ({ what }: { what: Second }) =>
    what === "Service"
      ? "point the DNS name to the new load balancer"
      : "point the listener to the new target group",
  "remove-first": ({ what }: { what: Second }) =>
    what === "Service" ? "delete the old Service" : "remove the old target group",
  "set-target-annotation": (data: { annotation: string; value: string; remove: readonly string[] }) => {
    const also = data.remove.length > 0 ? `, and remove the ${annotationList(data.remove)}` : "";
    return `set annotation ${data.annotation} to ${data.value}${also}`;
  },
  "set-target-kind": ({ of, to }: { of: string; to: string }) => `set the target type of ${of} to ${to}`,

  // Reasons
  "targets-are-pods": () =>
    "The load balancer sends to the pods themselves, past kube-proxy: nothing changes there.",
  "check-follows": ({ controller, check }: { controller: string; check: string }) =>
    `${controller} changes the check in place, to ${check}.`,
  "every-node-serves": () => "Every node serves at once.",
  "nodes-join-when-they-pass": () =>
    "Nodes without a pod receive traffic when they have passed the check. The healthCheckNodePort is closed and released.",
  "every-target-has-pods": () => "Every node that is a target has a pod, so nothing is dropped.",
  "empty-nodes-drop": ({ untilTheyFail }: { untilTheyFail: boolean }) =>
    `Nodes without a pod drop what still arrives there${untilTheyFail ? " until they fail the check" : ""}.`,
  "port-allocated-now": () => "The healthCheckNodePort is allocated only now.",
  "check-fixed": ({ controller, check }: { controller: string; check: string | null }) =>
    `They fix a check that does not suit the new policy. Without them ${controller} sets one that follows the policy, now ${check ?? "none"}.`,
  "check-is-old": ({ check }: { check: string | null }) =>
    check === null ? "Nothing checks the targets." : `The check is still ${check}.`,
  "check-passes-everywhere": () => "Every node passes it.",
  "check-fails-everywhere": ({ failsOpen }: { failsOpen: boolean }) =>
    `Nothing answers there any more: every target becomes unhealthy, and the load balancer ${failsOpen ? "fails open" : "refuses everything"}.`,
  "check-suits-policy": () => "The load balancer now checks what suits the policy.",
  "check-first": ({ keepsTargets }: { keepsTargets: boolean }) =>
    `Under Local the traffic port answers where a pod is and nowhere else${keepsTargets ? ", so every target stays as it is" : ""}.`,
  "check-holds-for-both": () => "The check suits both policies.",
  "serve-until-removed": () =>
    "Under Cluster they still serve until nothing arrives any more. No pod may move meanwhile.",
  "excluded-until-pod": () => "They fail the check from the start and receive nothing until they have a pod.",
  "pass-first-checks-beside": () =>
    "Its targets pass their first checks while the old ones still serve. Registration has been seen to take minutes (kubernetes-sigs/aws-load-balancer-controller#1834): wait until they are healthy.",
  "old-clients-served": () => "Clients that still have the old addresses are served as before.",
  "new-targets-healthy": () => "New connections go to targets that are already healthy.",
  "nothing-new-arrives": () =>
    "Nothing new arrives there any more; wait longer for connections that live longer.",
  "target-kind-replaces": ({ check }: { check: string | null }) =>
    `The target type of a target group cannot change, so it is replaced, with the check ${check ?? "of its default"}. No new target receives traffic until it passes its first checks.`,
  "annotations-suit-other-kind": () =>
    "The check that the annotations fix is for the other kind of target, and no new target would pass it.",

  // Notes
  "nothing-to-do": ({ to }: { to: string }) => `nothing to do: it is ${to} already`,
  "address-changes": ({ from, to }: { from: string; to: string }) =>
    `the address that pods see changes from ${from} to ${to}`,
  "health-port-released": () =>
    "the healthCheckNodePort is released: a later Local gets another number, unless one is pinned",
  "no-health-port": () =>
    "a Service of this type has no healthCheckNodePort under Local: nothing tells the load balancer which nodes have pods",
  "header-breaks-check": () =>
    "the PROXY header is part of the health check too, and the healthCheckNodePort does not parse it: no target passes",
  "drops-afterwards": ({ fraction, check }: { fraction: number; check: string | null }) =>
    `afterwards ${Math.round(fraction * 1000) / 10} % of new connections are dropped as long as it stays so: ${check === null ? "nothing keeps" : `its check (${check}) does not keep`} the load balancer from nodes without a pod`,
  "no-target-passes": ({ check }: { check: string }) =>
    `after that change alone no target passes its check (${check}): the load balancer sends to all of them alike, also to a node that is gone`,
  "pods-must-admit": () =>
    "the pods must admit the load balancer's traffic and checks; traffic policies, session affinity and trafficDistribution have no effect there any more",
  "zones-lose": ({ seconds }: { seconds: number }) =>
    `in order it still loses what goes to zones that are left without a target, for the ${seconds} s that clients have their addresses: first spread the pods over all zones, or enable cross-zone load balancing`,
} as const;

type Second = "Service" | "targetGroup";

export const sayTransition = statementsOf(TRANSITION_TEXTS);

/** `annotations a and b`. */
function annotationList(names: readonly string[]): string {
  const list = [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
  return `annotation${names.length === 1 ? "" : "s"} ${list}`;
}
