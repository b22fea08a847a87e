import {
  list,
  percent,
  plural,
  ratio,
  seconds,
  statementsOf,
  type ClientAddress,
  type Statement,
} from "../model";

type Sees = ClientAddress["sees"];

/** What a policy comes to, the worst of the scenarios. */
export interface PolicyResults {
  /** Absent in sentences where no pod receives anything: null. */
  readonly hottest: number | null;
  readonly nodesServing: number;
  readonly dropped: number;
  readonly clientAddress: Sees;
}

/** A figure beyond its limit; `cluster` where several scenarios were evaluated. */
interface Exceeded {
  readonly seen: number;
  readonly limit: number;
  readonly cluster: string | null;
}

/** Why one policy is preferred to another, by the figure that decides. */
interface Preferred {
  readonly better: number;
  readonly other: number;
  readonly otherName: string;
}

const CHECKED_PORTS: Readonly<Record<string, string>> = {
  "traffic-port": "the traffic port",
  healthCheckNodePort: "the health-check node port",
};

/** What decisions have to say. */
export const DECIDE_TEXTS = {
  "policy-results": ({ policy, ...results }: { policy: string } & PolicyResults) =>
    `${policy}: ${resultsText(results)}`,
  "alternative-results": (results: PolicyResults) => resultsText(results),
  "only-policy-to-meet-requirements": ({ policy }: { policy: string }) =>
    `${policy} is the only policy that meets every requirement`,
  "policy-preferred": ({ policy, other, reason }: { policy: string; other: string; reason: Statement }) =>
    `${policy} is preferred to ${other}: ${reason.sentence}`,
  "alternative-preferred": (data: { alternative: string; other: string; reason: Statement }) =>
    `${data.alternative} is preferred to ${data.other}: ${data.reason.sentence}`,
  "alternative-meets-requirements": ({ rejection }: { rejection: Statement | null }) =>
    `only it meets every requirement${rejection ? ` (with the other, ${rejection.sentence})` : ""}`,
  "evaluated-over-ranges": (data: {
    nodes: { min: number; max: number } | null;
    replicas: readonly { min: number; max: number; by: string }[];
  }) =>
    `evaluated ${list([
      ...(data.nodes ? [`from ${data.nodes.min} to ${data.nodes.max} nodes`] : []),
      ...data.replicas.map(({ min, max, by }) => `from ${min} to ${max} replicas (${by})`),
    ])}: at both ends, and where the hottest pod gets the most in between`,
  "pods-without-node": (data: {
    pods: number;
    pending: number;
    cluster: string | null;
    schedulerMessage: string | null;
  }) =>
    `${pendingText(data)} no node (95th percentile${on(data.cluster)})${data.schedulerMessage === null ? "" : `: ${data.schedulerMessage}`}`,

  "policy-without-effect": () =>
    "the load balancer sends directly to the pods, bypassing kube-proxy: no traffic policy of the Service has an effect",
  "traffic-distribution-fixed": ({ trafficDistribution }: { trafficDistribution: string }) =>
    `trafficDistribution ${trafficDistribution} is given and kept`,
  "prefer-same-needs-version": ({ since, version }: { since: string; version: string | null }) =>
    `Cluster + PreferSameNode and Cluster + PreferSameZone need Kubernetes ${since}; ${version === null ? "the version is not given" : `this is ${version}`}`,
  "prefer-same-without-effect": ({ reasons }: { reasons: readonly Statement[] }) =>
    `Cluster + PreferSameNode and Cluster + PreferSameZone would have no effect: ${reasons.map(({ sentence }) => sentence).join("; ")}`,
  "check-cannot-pass": ({ policy }: { policy: string }) =>
    `${policy} is excluded: no target could pass its health check`,
  "pods-not-on-every-node": ({ policy, kind }: { policy: string; kind: string }) =>
    `${policy} is excluded: nothing keeps a pod of a ${kind} on every node, and Local drops connections opened on a node without one`,
  "health-check-changed": (data: { protocol: string; path: string | null; port: string }) =>
    `assuming the health check is changed to ${data.protocol}${data.path === null ? "" : ` ${data.path}`} on ${CHECKED_PORTS[data.port] ?? `port ${data.port}`}`,

  "fewer-drops": ({ better, other, otherName }: Preferred) =>
    `it drops ${percent(better)} of new connections, ${otherName} ${percent(other)}`,
  "shows-client-address": ({ otherName }: { otherName: string }) =>
    `the pods see the client's address, which ${otherName} hides`,
  "fewer-zone-crossings": ({ better, other, otherName }: Preferred) =>
    `${percent(better)} of connections cross zones, with ${otherName} ${percent(other)}`,
  "fewer-extra-hops": ({ better, other, otherName }: Preferred) =>
    `${percent(better)} of connections take an extra hop, with ${otherName} ${percent(other)}`,
  "cooler-hottest-pod": ({ better, other, otherName }: Preferred) =>
    `the hottest pod gets ${ratio(better)} times its fair share, with ${otherName} ${ratio(other)}`,
  "simpler-policy": () => "their figures are equal, and Cluster is the simpler policy",
  "serves-after-pod-loss": () =>
    "their figures are equal at rest, and a node that loses its pod still serves",
  "no-difference": () => "their figures are equal",

  "pinned-kept": ({ policy }: { policy: string }) => `${policy} is pinned and meets the requirements`,
  "pinned-fails": ({ policy }: { policy: string }) =>
    `${policy} was pinned and no longer meets the requirements`,
  "pinned-unavailable": ({ policy }: { policy: string }) => `${policy} was pinned and is no longer available`,
  "better-than-pinned": ({ policy, by, reason }: { policy: string; by: number; reason: Statement }) =>
    `${policy} would now be better by ${percent(by)}: ${reason.sentence}`,

  "client-address-hidden": ({ sees }: { sees: Sees }) =>
    `the pods see ${addressText(sees)}, and the client's is required`,
  "hottest-above-limit": ({ seen, limit, cluster }: Exceeded) =>
    `the hottest pod gets ${ratio(seen)} times its fair share (95th percentile${on(cluster)}); at most ${ratio(limit)} is allowed`,
  "too-few-nodes-serving": ({ seen, limit, cluster }: Exceeded) =>
    `all traffic enters through ${seen === 1 ? "the only node that has a pod" : `the ${seen} nodes that have a pod`}${on(cluster)}; at least ${limit} must serve`,
  "drops-above-limit": ({ seen, limit, cluster }: Exceeded) =>
    `${percent(seen)} of new connections are dropped${on(cluster)}; at most ${percent(limit)} is allowed`,
  "extra-hops-above-limit": ({ seen, limit, cluster }: Exceeded) =>
    `${percent(seen)} of connections take an extra hop to another node${on(cluster)}; at most ${percent(limit)} is allowed`,
  "zone-crossings-above-limit": ({ seen, limit, cluster }: Exceeded) =>
    `${percent(seen)} of connections cross to another zone${on(cluster)}; at most ${percent(limit)} is allowed`,
  "rollout-loss-above-limit": ({ seen, limit, cluster, rollouts }: Exceeded & { rollouts: number }) =>
    `a rollout loses as much as arrives in ${seconds(seen)} (95th percentile of ${plural(rollouts, "rollout")}${on(cluster)}); at most ${seconds(limit)} is allowed`,
  "rollout-not-simulated": ({ reason }: { reason: string }) => `a rollout cannot be simulated: ${reason}`,

  "inside-without-proxy-header": () =>
    "calls from inside the cluster reach the pods without the PROXY header that they expect, since kube-proxy itself answers for the load balancer's address",
  "inside-calls-return": (data: { targets: number; caller: "node" | "pod"; instruction: string }) =>
    `${data.targets > 0 ? `1 of ${data.targets} calls` : "calls"} from a ${data.caller} that is a target come back to it and time out, since the load balancer preserves the client's address; ${data.instruction}, or call the cluster IP`,
  "inside-outside-source-ranges": ({ ranges, address }: { ranges: readonly string[]; address: string }) =>
    `loadBalancerSourceRanges ${list(ranges)} exclude clients inside the cluster, such as ${address}: kube-proxy checks them first`,
  "inside-calls-fail": (data: {
    caller: "pod" | "process";
    onNodeWithEndpoint: boolean;
    toNodePort: boolean;
    outcome: "unanswered" | "refused" | "dropped";
  }) =>
    `calls from a ${data.caller} on a node ${data.onNodeWithEndpoint ? "with" : "without"} an endpoint${data.toNodePort ? " to the node port of a node without an endpoint" : ""} are ${data.outcome === "unanswered" ? "never answered" : data.outcome}`,

  "add-topology-spread": () =>
    "add a topology spread constraint over kubernetes.io/hostname with maxSkew 1 and whenUnsatisfiable DoNotSchedule",
  "set-replicas": ({ replicas, now, isSet }: { replicas: number; now: number; isSet: boolean }) =>
    `run ${plural(replicas, "replica")} instead of ${now}${isSet ? "" : " (spec.replicas is not set)"}`,
  "narrow-autoscaler": (data: {
    autoscaler: string;
    from: { min: number; max: number };
    to: { min: number; max: number };
  }) =>
    data.to.min === data.to.max
      ? `keep ${data.autoscaler} at ${plural(data.to.min, "replica")} instead of ${data.from.min} to ${data.from.max}`
      : `limit ${data.autoscaler} to between ${data.to.min} and ${data.to.max} replicas instead of ${data.from.min} and ${data.from.max}`,
  "send-proxy-protocol": ({ instruction }: { instruction: string }) =>
    `${instruction}, so that a PROXY protocol v2 header names the client; the pods must then read it`,
  "hide-client-address": ({ instruction }: { instruction: string }) => instruction,
  "fix-results": ({ hottest, nodesServing, clientAddress }: FixResults) =>
    [
      hottest === null ? "no pod receives anything" : `hottest ${ratio(hottest)} at the 95th percentile`,
      servingText(nodesServing),
      ...(clientAddress === null ? [] : [`the pods see ${addressText(clientAddress)}`]),
    ].join(", "),

  "choice-changes": (data: MarginCount & { becomes: string; met: boolean }) =>
    `the choice changes to ${data.becomes}${data.met ? "" : ", which does not meet every requirement,"} ${atCount(data)}`,
  "choice-meets-requirements": (data: MarginCount & { policy: string }) =>
    `${data.policy} meets every requirement ${atCount(data)}`,
  "requirements-not-met": (data: MarginCount) => `no policy meets every requirement ${atCount(data)}`,
  "choice-holds": ({ from, to, unit }: Evaluated) =>
    `the choice stays the same from ${from} to ${plural(to, unit)}; more or fewer were not evaluated`,
  "requirements-never-met": ({ from, to, unit }: Evaluated) =>
    `no policy meets every requirement from ${from} to ${plural(to, unit)}; more or fewer were not evaluated`,
} as const;

interface FixResults extends Pick<PolicyResults, "hottest" | "nodesServing"> {
  readonly clientAddress: Sees | null;
}

/** A count of replicas or nodes that was tried, and how far it is from the one that is there, or from the end of its range. */
export interface MarginCount {
  readonly count: number;
  readonly unit: "replica" | "node";
  readonly away: number;
  readonly beyondRange: boolean;
}

interface Evaluated {
  readonly from: number;
  readonly to: number;
  readonly unit: "replica" | "node";
}

export const sayDecide = statementsOf(DECIDE_TEXTS);

function resultsText({ hottest, nodesServing, dropped, clientAddress }: PolicyResults): string {
  return [
    hottest === null
      ? "no pod receives anything"
      : `the hottest pod gets ${ratio(hottest)} times its fair share (95th percentile)`,
    servingText(nodesServing),
    `${percent(dropped)} of new connections are dropped`,
    `the pods see ${addressText(clientAddress)}`,
  ].join(", ");
}

function servingText(nodes: number): string {
  if (nodes === 0) return "no node serves";
  return `at least ${plural(nodes, "node")} ${nodes === 1 ? "serves" : "serve"}`;
}

function addressText(sees: Sees): string {
  return {
    client: "the client's address",
    node: "a node's address",
    balancer: "the load balancer's address",
  }[sees];
}

function pendingText({ pods, pending }: { pods: number; pending: number }): string {
  if (pending === pods) return pods === 1 ? "the only pod has" : `all ${pods} pods have`;
  return `${pending} of ${pods} pods ${pending === 1 ? "has" : "have"}`;
}

function on(cluster: string | null): string {
  return cluster === null ? "" : ` on ${cluster}`;
}

function atCount({ count, unit, away, beyondRange }: MarginCount): string {
  return `at ${plural(count, unit)}, ${beyondRange ? `${away} beyond the range` : `${away} away`}`;
}
