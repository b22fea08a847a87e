import { isUnknown, type Cluster, type Exposure, type Workload } from "../model";
import { nodeCounts } from "./node-range";
import { ASSUMED_CLUSTER } from "./shapes";

/** What is taken for granted of the cluster and of how many pods there are, where the source does not say it. */
export function clusterAssumptions({
  cluster,
  workloads,
}: Pick<Exposure, "cluster" | "workloads">): readonly string[] {
  const assumptions = cluster.assumed ? [ASSUMED_CLUSTER] : [];
  if (cluster.readFrom) assumptions.push(cluster.readFrom.says);
  if (workloads.some(({ replicas, runs }) => runs === "replicas" && isUnknown(replicas.count))) {
    assumptions.push("one replica (the count is not known yet)");
  }
  return [...assumptions, ...movedBy(cluster, workloads)];
}

/** An answer is for one size; where autoscalers move it, it says for which. */
function movedBy(cluster: Cluster, workloads: readonly Workload[]): readonly string[] {
  const nodes = nodeCounts(cluster);
  const replicas = workloads.flatMap(({ runs, replicas: { range, count } }) =>
    runs === "replicas" && range && !isUnknown(count) ? [{ ...range, count }] : [],
  );
  return [
    ...(nodes
      ? [`${cluster.nodes.length} nodes, which an autoscaler moves between ${nodes.min} and ${nodes.max}`]
      : []),
    ...replicas.map(
      ({ min, max, by, count }) =>
        `${count} replica${count === 1 ? "" : "s"}, which ${by.kind} ${by.name} moves between ${min} and ${max}`,
    ),
  ];
}
