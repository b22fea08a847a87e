import { statementsOf } from "../model";
import { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";

/** What estimates have to say. */
export const ESTIMATE_TEXTS = {
  "clients-spread-over-nodes": () => "assuming clients are spread evenly over the nodes",
  "clients-inside-evenly": () =>
    "assuming clients inside the cluster are spread evenly over its schedulable nodes",
  "affinity-counts-clients": () =>
    "sessionAffinity ClientIP keeps each client with one pod: shares are of clients, and few clients spread like few open connections",
  "assumed-cluster": () =>
    `no cluster is given: assuming ${DEFAULT_SIZES.join(", ")} equal nodes in three zones, up to ${ASSUMED_LOAD * 100} % of each already requested`,
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
} as const;

export const sayEstimate = statementsOf(ESTIMATE_TEXTS);

/** `1 replica`, `2 replicas`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
