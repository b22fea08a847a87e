import { describeCluster, occupancies, shapesOf } from "../estimate";
import { isUnknown, type Cluster, type Exposure, type Workload } from "../model";
import type { Placement } from "../placement";

/** One cluster shape and one count of replicas that a decision must hold in, with its placements. */
export interface Scenario {
  /** `9 nodes in 3 zones`, and the replicas where an autoscaler moves them. */
  readonly name: string;
  readonly cluster: Cluster;
  /** The exposure with this scenario's cluster and replicas. */
  readonly exposure: Exposure;
  readonly placements: readonly Placement[];
}

export interface TrialSettings {
  readonly trials: number;
  readonly seed: number;
}

/** Every cluster shape, times every count of replicas worth looking at in the range that an autoscaler may choose from. */
export function scenariosOf(exposure: Exposure, settings: TrialSettings): readonly Scenario[] {
  return shapesOf(exposure.cluster).flatMap((cluster) => {
    const counts = countsToTry(exposure, cluster.nodes.length);
    return counts.map((replicas) => scenarioAt({ ...exposure, cluster }, replicas, settings));
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
  };
}

export function withReplicas(workload: Workload, count: number): Workload {
  return workload.runs === "everyNode"
    ? workload
    : { ...workload, replicas: { ...workload.replicas, count } };
}

/** Counts tried at the most within an autoscaler's range. */
const MOST_COUNTS = 8;

/**
 * Where an autoscaler decides, the ends of its range and what lies between them where an even spread turns worst and best: one more
 * than the nodes, just under twice as many, twice as many. Undefined: the workload's own count.
 */
function countsToTry({ workloads }: Exposure, nodes: number): readonly (number | undefined)[] {
  const [workload, ...others] = workloads;
  const range = workload?.replicas.range;
  if (!workload || others.length > 0 || workload.runs === "everyNode" || !range) return [undefined];
  const now =
    isUnknown(workload.replicas.count) || workload.replicas.by === "default" ? [] : [workload.replicas.count];
  const telling = [range.min, range.max, ...now, nodes, nodes + 1, 2 * nodes - 1, 2 * nodes];
  const within = [...new Set(telling)].filter(
    (count) => count >= Math.max(1, range.min) && count <= range.max,
  );
  return within.slice(0, MOST_COUNTS).sort((a, b) => a - b);
}
