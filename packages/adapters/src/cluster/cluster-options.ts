import type { Cluster, Dataplane } from "@evenkeel/core/model";

/** What the caller knows of the cluster beside its objects. */
export interface ClusterOptions {
  /** The whole cluster, instead of the nodes and pods among the objects. */
  readonly cluster?: Cluster;
  readonly kubernetesVersion?: string;
  readonly dataplane?: Dataplane;
}
