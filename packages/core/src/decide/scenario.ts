import { describeCluster, occupancies, shapesOf } from "../estimate";
import { isUnknown, type Cluster, type Exposure, type Workload } from "../model";
import type { Placement } from "../placement";
import { rolloutOf, type Rollout } from "./rollout";
import { hottestCounts } from "./telling";
import { clusterOf, nodeCounts, type NodeCounts } from "../estimate/node-range";

/** One cluster shape and one count of replicas that a decision must hold in, with its placements. */
export interface Scenario {
  /** `9 nodes in 3 zones`, and the replicas where an autoscaler moves them. */
  readonly name: string;
  readonly cluster: Cluster;
  /** The exposure with this scenario's cluster and replicas. */
  readonly exposure: Exposure;
  readonly placements: readonly Placement[];
  /** What a rollout does to the pods, whatever the policy; worked out when it is asked for. */
  rollout(): Rollout;
}

/** Placements for a first look, before what it finds is held against all of them. */
export const QUICK_TRIALS = 40;

export interface TrialSettings {
  readonly trials: number;
  readonly seed: number;
}

/**
 * Every cluster shape, times every count of nodes and of replicas worth looking at in the ranges that autoscalers may choose from.
 */
export function scenariosOf(exposure: Exposure, settings: TrialSettings): readonly Scenario[] {
  return groundsOf(exposure, settings.seed).flatMap((cluster) => {
    const on = { ...exposure, cluster };
    return countsToTry(on, settings.seed).map((replicas) => scenarioAt(on, replicas, settings));
  });
}

/** The shapes to hold in: the default ones without a cluster, and of a cluster whose nodes an autoscaler moves the telling sizes. */
export function groundsOf(exposure: Exposure, seed: number): readonly Cluster[] {
  return shapesOf(exposure.cluster).flatMap((shape) => {
    const range = nodeCounts(shape);
    return range
      ? sizesToTry(range, { ...exposure, cluster: shape }, seed).map((size) => clusterOf(shape, size))
      : [shape];
  });
}

/** A scenario with a count of replicas of its own; undefined leaves the workload's. */
export function scenarioAt(
  exposure: Exposure,
  replicas: number | undefined,
  settings: TrialSettings,
): Scenario {
  const scaled =
    replicas === undefined
      ? exposure
      : { ...exposure, workloads: exposure.workloads.map((one) => withReplicas(one, replicas)) };
  const shape = describeCluster(exposure.cluster);
  return {
    name: replicas === undefined ? shape : `${shape} with ${replicas} replica${replicas === 1 ? "" : "s"}`,
    cluster: exposure.cluster,
    exposure: scaled,
    placements: occupancies(scaled, exposure.cluster, settings),
    rollout: rolloutOf(scaled, settings),
  };
}

export function withReplicas(workload: Workload, count: number): Workload {
  return workload.runs === "everyNode"
    ? workload
    : { ...workload, replicas: { ...workload.replicas, count } };
}

/** Counts tried at the most within an autoscaler's range, and of nodes where the replicas have a range too. */
const MOST_COUNTS = 9;
const MOST_SIZES_OF_TWO = 5;

/**
 * Where an autoscaler decides, the ends of its range, those between them where the pods turn hottest, and where an even spread over
 * the nodes turns worst and best: one more than the nodes, just under twice as many, twice as many. Undefined: the workload's own count.
 */
function countsToTry(exposure: Exposure, seed: number): readonly (number | undefined)[] {
  const workload = onlyScaled(exposure.workloads);
  const range = workload?.replicas.range;
  if (!workload || !range) return [undefined];
  const min = Math.max(1, range.min);
  const nodes = exposure.cluster.nodes.length;
  const hot = hottestCounts(min, range.max, seed, (count) => ({
    ...exposure,
    workloads: [withReplicas(workload, count)],
  }));
  const even = [nodes, nodes + 1, 2 * nodes - 1, 2 * nodes];
  return within([min, range.max, ...countNow(workload), ...hot, ...even], min, range.max, MOST_COUNTS);
}

/** The same the other way round: nodes for the pods that there are, or may be. */
function sizesToTry({ min, max }: NodeCounts, exposure: Exposure, seed: number): readonly number[] {
  const workload = onlyScaled(exposure.workloads);
  const range = workload?.replicas.range;
  const pods = workload ? (range ? [range.min, range.max] : countNow(workload)) : [];
  // Where both have a range, each size is looked at with the counts that are hottest on it.
  const hot =
    range || pods.length === 0
      ? []
      : hottestCounts(min, max, seed, (size) => ({
          ...exposure,
          cluster: clusterOf(exposure.cluster, size),
        }));
  const even = pods.flatMap((n) => [n - 1, n, Math.floor(n / 2) + 1, Math.floor(n / 2)]);
  const now = exposure.cluster.nodes.length;
  return within([min, max, now, ...hot, ...even], min, max, range ? MOST_SIZES_OF_TWO : MOST_COUNTS);
}

function onlyScaled([workload, ...others]: readonly Workload[]): Workload | undefined {
  return workload && others.length === 0 && workload.runs === "replicas" ? workload : undefined;
}

function countNow({ replicas }: Workload): readonly number[] {
  return isUnknown(replicas.count) || replicas.by === "default" ? [] : [replicas.count];
}

/** The first few that lie in the range, in their order of size. */
function within(telling: readonly number[], min: number, max: number, most: number): readonly number[] {
  return [...new Set(telling)]
    .filter((count) => count >= min && count <= max)
    .slice(0, most)
    .sort((a, b) => a - b);
}
