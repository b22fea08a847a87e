import { isUnknown, type Cluster, type Exposure, type Statement, type Workload } from "../model";
import { releaseOf } from "../releases";
import { dataplaneStatements } from "../routing/dataplane-statements";
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
  return [
    ...assumed,
    ...read,
    ...dataplaneStatements(cluster),
    ...replicas,
    ...claimed(cluster, workloads),
    ...movedBy(cluster, workloads),
  ];
}

/** Volumes keep pods off nodes, and pods without one waiting; no source says which (VolumeBinding, VolumeZone of kube-scheduler). */
function claimed({ kubernetesVersion }: Cluster, workloads: readonly Workload[]): readonly Statement[] {
  const byFreeStorage = releaseOf(kubernetesVersion).scheduler.storageCapacityScores;
  return workloads.flatMap(({ ref, claims = [] }) =>
    claims.length === 0
      ? []
      : [sayEstimate("claims-not-modelled", { workload: `${ref.kind} ${ref.name}`, claims, byFreeStorage })],
  );
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
