import { placementsOf } from "@evenkeel/core/estimate";
import { isUnknown, type Exposure, type Knowable, type Workload } from "@evenkeel/core/model";

/** Placements tried to see where pods may end up. */
export const TRIALS = 20;

/** The pods that a workload runs at least: an autoscaler's lower bound, or its count. Not for DaemonSets. */
export function leastReplicas({ replicas: { range, count } }: Workload): Knowable<number> {
  return range?.min ?? count;
}

/** Where pods run is known only of a cluster that was described. */
export function isDescribed({ cluster }: Exposure): boolean {
  return cluster.nodes.length > 0 && !cluster.assumed;
}

/** Pods on each node, all workloads behind the Service together with as many replicas as are certain; one list a trial. */
export function podsByNode({ service, workloads, cluster }: Exposure): readonly (readonly number[])[] {
  const each = workloads.map((workload) => {
    const least = leastReplicas(workload);
    const replicas = isUnknown(least) ? 0 : least;
    return placementsOf(service, workload, cluster, { trials: TRIALS, seed: 1, replicas });
  });
  return Array.from({ length: TRIALS }, (_, trial) =>
    cluster.nodes.map((_, node) =>
      each.reduce((sum, placements) => sum + (placements[trial]?.podsOnNode[node] ?? 0), 0),
    ),
  );
}
