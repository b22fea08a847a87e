import { isUnknown, type Exposure } from "../model";
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
  return assumptions;
}
