import { isUnknown, type Cluster, type Exposure, type Statement, type Workload } from "../model";
import { nodeCounts } from "./node-range";
import { sayEstimate } from "./texts";

/** What is assumed of the cluster and of how many pods there are, where the source does not say it. */
export function clusterAssumptions({
  cluster,
  workloads,
}: Pick<Exposure, "cluster" | "workloads">): readonly Statement[] {
  const assumed = cluster.assumed ? [sayEstimate("assumed-cluster")] : [];
  const read = cluster.readFrom ? [sayEstimate("cluster-read-from", { says: cluster.readFrom.says })] : [];
  const unknownCount = workloads.some(
    ({ replicas, runs }) => runs === "replicas" && isUnknown(replicas.count),
  );
  const replicas = unknownCount ? [sayEstimate("one-replica-assumed")] : [];
  return [...assumed, ...read, ...replicas, ...movedBy(cluster, workloads)];
}

/** An answer is for one size; where autoscalers move it, the answer says for which. */
function movedBy(cluster: Cluster, workloads: readonly Workload[]): readonly Statement[] {
  const nodes = nodeCounts(cluster);
  const replicas = workloads.flatMap(({ runs, replicas: { range, count } }) =>
    runs === "replicas" && range && !isUnknown(count) ? [{ ...range, count }] : [],
  );
  return [
    ...(nodes
      ? [sayEstimate("nodes-autoscaled", { nodes: cluster.nodes.length, min: nodes.min, max: nodes.max })]
      : []),
    ...replicas.map(({ min, max, by, count }) =>
      sayEstimate("replicas-autoscaled", { replicas: count, by: `${by.kind} ${by.name}`, min, max }),
    ),
  ];
}
