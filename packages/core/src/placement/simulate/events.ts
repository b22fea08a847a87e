import type { DisruptionBudget, Node, PodTemplate } from "../../model";
import type { PlacementRequest } from "../ensemble";

/** What happens to the workload or to the cluster. */
export type ClusterEvent = Happening & {
  /** Seconds since the first event began. Default: when everything that went before has come to rest. */
  readonly at?: number;
};

type Happening =
  /** Another number of replicas. */
  | { readonly kind: "scale"; readonly replicas: number }
  /** New pods for old by the workload's strategy; without a template the same one again, as after `kubectl rollout restart`. */
  | { readonly kind: "rollout"; readonly template?: PodTemplate }
  /** The node is cordoned and its pods are evicted, as far as the disruption budget lets them go. DaemonSet pods stay. */
  | { readonly kind: "drain"; readonly node: string }
  /** The node falls silent and does not come back. */
  | { readonly kind: "loseNode"; readonly node: string }
  | { readonly kind: "addNodes"; readonly nodes: readonly Node[] };

/** What decides how long things take, in seconds. */
export interface Timing {
  /** From the choice of a node until the pod is ready. Default 10, which is a guess. */
  readonly readySeconds: number;
  /** From the deletion of a pod until it is gone. Default: its whole grace period, the longest it may take. */
  readonly terminationSeconds: number;
  /** Until a silent node is noticed: the controller manager's node-monitor-grace-period. Default 50 (40 before 1.32). */
  readonly noticeSeconds: number;
  /** From then until its pods are evicted: their toleration of unreachable nodes. Default 300, what the API server adds. */
  readonly evictionSeconds: number;
}

export interface SimulationRequest extends PlacementRequest {
  readonly events: readonly ClusterEvent[];
  readonly timing?: Partial<Timing>;
  /** What drains keep to. Default: the workload's own. */
  readonly budget?: DisruptionBudget;
  /** The time that counts as 0 (RFC 3339), for the age of pods that are there already. Without it they are all equally old. */
  readonly clock?: string;
}

/** The cluster from one moment until the next in which something changes. */
export interface Step {
  /** Seconds since the first event began; the state before it has a time below 0. */
  readonly at: number;
  /** The last event that has begun, by its place in `events`; -1 before the first. */
  readonly event: number;
  /** Names of the nodes; the counts below have the same order. */
  readonly nodes: readonly string[];
  /** Pods that are ready and not on their way out: the endpoints. Those on a node that is lost unnoticed are among them. */
  readonly ready: readonly number[];
  /** Pods on their way out that are still there. */
  readonly terminating: readonly number[];
  /** Pods that have a node and are not ready yet. */
  readonly starting: readonly number[];
  /** Nodes that are lost; whatever stands in their place serves nothing. */
  readonly lost: readonly string[];
  /** Pods that no node takes. */
  readonly pending: number;
  /** Why the first of them has none, in the scheduler's words. */
  readonly why?: string;
}

/** One pod of the workload through a simulation, once it has a node. Seconds on the clock of the steps; infinite: never. */
export interface PodLife {
  readonly node: string;
  readonly readyFrom: number;
  /** When it ceases to be a ready endpoint: its deletion, or the notice that its node is lost. */
  readonly readyUntil: number;
  /** When it is gone; until then, from `readyUntil` on, it is on its way out. */
  readonly gone: number;
}

/** One node through a simulation. */
export interface NodeLife {
  readonly name: string;
  /** When it came; before the first event for those that were there. */
  readonly added: number;
  /** When it was cordoned for its drain. */
  readonly cordoned: number;
  readonly lost: number;
  /** When the cluster knows that it is lost. */
  readonly noticed: number;
}

/** What becomes of the workload in one trial: the counts at each step, and the same by pod and node. */
export interface Course {
  readonly steps: readonly Step[];
  readonly pods: readonly PodLife[];
  /** In the order of the steps' counts: those of the cluster, then added ones. */
  readonly nodes: readonly NodeLife[];
}

/** Kinds of workloads that no rollout touches. */
export const KEEPS_ITS_PODS: ReadonlySet<string> = new Set(["ReplicaSet", "ReplicationController"]);
