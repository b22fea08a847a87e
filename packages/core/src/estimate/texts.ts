import { list, plural, ratio, statementsOf, type Statement } from "../model";
import { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";

/** What estimates have to say. */
export const ESTIMATE_TEXTS = {
  "clients-spread-over-nodes": () => "assuming clients are spread evenly over the nodes",
  "clients-inside-evenly": () =>
    "assuming clients inside the cluster are spread evenly over its schedulable nodes",
  "affinity-counts-clients": () =>
    "sessionAffinity ClientIP keeps each client with one pod: shares are of clients, and few clients spread like few open connections",
  "assumed-cluster": () =>
    `no cluster is given: assuming ${list(DEFAULT_SIZES)} equal nodes in three zones, up to ${ASSUMED_LOAD * 100} % of each already requested`,
  "cluster-read-from": ({ says }: { says: string }) => says,
  "one-replica-assumed": () => "assuming one replica (the count is not known yet)",
  "claims-not-modelled": (data: { workload: string; claims: readonly string[]; byFreeStorage: boolean }) =>
    `pods of ${data.workload} claim volumes (${data.claims.join(", ")}): which nodes and zones these allow is not known, and neither is a wait for a WaitForFirstConsumer claim${data.byFreeStorage ? "; for unbound claims the scheduler also prefers nodes with more free storage" : ""}`,
  "nodes-autoscaled": ({ nodes, min, max }: { nodes: number; min: number; max: number }) =>
    `${nodes} nodes, which an autoscaler moves between ${min} and ${max}`,
  "replicas-autoscaled": (data: { replicas: number; by: string; min: number; max: number }) =>
    `${plural(data.replicas, "replica")}, which ${data.by} moves between ${data.min} and ${data.max}`,
  "rest-in-proportion": ({ placed, times }: { placed: number; times: number }) =>
    `${placed} replicas are placed, ${times} times; what the nodes have room for beyond them is placed in the same proportion`,
  "pod-lifetime": (data: { ready: number; serving: number; gone: number }) =>
    `a pod is ready ${data.ready} s after it has a node; while terminating it answers for ${data.serving} s and is gone after ${data.gone} s`,
  "endpoints-follow-at-once": () => "assuming EndpointSlices and kube-proxy follow the pods immediately",
  "not-ready-published": () =>
    "pods that are not ready are not counted as endpoints, although publishNotReadyAddresses makes them endpoints",
  "drain-keeps-to-budget": ({ limit, of }: { limit: string; of: string | null }) =>
    of === null ? `a drain keeps to ${limit}` : `a drain keeps to ${limit} of ${of}`,
  "drain-waits-for-ever": ({ budgets }: { budgets: readonly string[] }) =>
    `a drain waits for ever: pods selected by ${budgets.join(" and ")} cannot be evicted`,
  "no-disruption-budget": () => "no PodDisruptionBudget limits a drain",
  "no-traffic-before-passing": () => "no target receives traffic until it passes its first health checks",
  "stale-zones": ({ seconds }: { seconds: number }) =>
    `clients choose zones evenly from DNS, and for ${seconds} s still connect to one that has lost its last target`,
  "readiness-gate": () =>
    "pods become ready when their target is healthy: their template has the readiness gate",
  "early-traffic-not-counted": () =>
    "load balancers have been seen to send to a new node earlier (kubernetes/cloud-provider-aws#87); that is not counted",
  "fewer-trials": ({ trials }: { trials: number }) =>
    `${trials} trials only, since there are so many pods to follow`,

  "pods-not-in-input": ({ selector }: { selector: Readonly<Record<string, string>> | null }) =>
    `the pods of this Service are not in the input: add the workload that its selector${selector ? ` (${labelText(selector)})` : ""} matches, or its EndpointSlices and the nodes`,
  "endpoints-not-in-input": () =>
    "this Service has no selector, and its endpoints are not in the input: add its EndpointSlices and the nodes",
  "nodes-of-endpoints-not-in-input": () =>
    "the nodes of this Service's endpoints are not in the input: add the nodes",
  "workload-not-in-input": () =>
    "where pods of this Service could be placed is not known: add the workload that its selector matches",
  "assumed-nodes": ({ sizes }: { sizes: readonly number[] }) => `${list(sizes)} equal nodes in three zones`,
  "assumed-load": ({ upTo }: { upTo: number }) =>
    upTo === 0 ? "idle nodes" : `up to ${upTo * 100} % of each node already requested`,
  "assumed-replicas": ({ isSet }: { isSet: boolean }) =>
    isSet ? "one, since the count is not known yet" : "one, since spec.replicas is not set",
  "assumed-version": ({ oldest, newest }: { oldest: string; newest: string }) =>
    `the scheduler of ${newest}, and what every version from ${oldest} on has`,
  "open-question-matters": ({ what, about, answers, assumed }: OpenQuestionData & { assumed: Statement }) =>
    `${UNSPECIFIED[what].called} not specified and would change ${about}: ${groupedAnswers(what, answers)} (assumed: ${assumed.sentence})`,
  "open-question-does-not-matter": ({ what, about, answers }: OpenQuestionData) =>
    `${UNSPECIFIED[what].called} not specified but would not change ${about} (evaluated with ${list(answers.map(({ value }) => UNSPECIFIED[what].case(value)))})`,

  "event-rollout": ({ at }: EventTime) => `rollout${atTime(at)}`,
  "event-scale": ({ replicas, at }: EventTime & { replicas: number }) => `scale to ${replicas}${atTime(at)}`,
  "event-drain": ({ node, at }: EventTime & { node: string }) => `drain ${node}${atTime(at)}`,
  "event-lose-node": ({ node, at }: EventTime & { node: string }) => `lose ${node}${atTime(at)}`,
  "event-add-nodes": ({ nodes, at }: EventTime & { nodes: number }) =>
    `add ${plural(nodes, "node")}${atTime(at)}`,
} as const;

/** The second at which an event begins; null: when the one before it is over. */
interface EventTime {
  readonly at: number | null;
}

function atTime(at: number | null): string {
  return at === null ? "" : ` at ${at} s`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

/** What the input may leave open. */
export type UnspecifiedWhat = "nodes" | "load" | "replicas" | "version";

/** An answer for one of the values: a ratio, the name of a policy, or null where nothing arrives. */
export interface CaseAnswer {
  readonly value: number | string;
  readonly answer: number | string | null;
}

interface OpenQuestionData {
  readonly what: UnspecifiedWhat;
  readonly about: "the choice" | "the hottest pod";
  readonly answers: readonly CaseAnswer[];
}

const UNSPECIFIED: Readonly<
  Record<UnspecifiedWhat, { readonly called: string; case(value: number | string): string }>
> = {
  nodes: { called: "the number of nodes is", case: (value) => `${value} nodes` },
  load: {
    called: "what the nodes already run is",
    case: (value) => (value === 0 ? "idle nodes" : `up to ${Number(value) * 100} % requested`),
  },
  replicas: { called: "the number of replicas is", case: (value) => plural(Number(value), "replica") },
  version: { called: "the Kubernetes version is", case: (value) => `Kubernetes ${value}` },
};

/** `Local with 3 nodes; Cluster with 10 nodes and 30 nodes`. */
function groupedAnswers(what: UnspecifiedWhat, answers: readonly CaseAnswer[]): string {
  const cases = new Map<string, string[]>();
  for (const { value, answer } of answers) {
    const text = answerText(answer);
    cases.set(text, [...(cases.get(text) ?? []), UNSPECIFIED[what].case(value)]);
  }
  return [...cases].map(([answer, values]) => `${answer} with ${list(values)}`).join("; ");
}

/** As people are shown it, so that only a difference that they can see counts as one. */
export function answerText(answer: CaseAnswer["answer"]): string {
  if (answer === null) return "nothing arrives";
  return typeof answer === "number" ? ratio(answer) : answer;
}

export const sayEstimate = statementsOf(ESTIMATE_TEXTS);
