import type { Cluster, Dataplane } from "@evenkeel/core/model";

/** What the caller knows of the cluster beside its objects. */
export interface ClusterOptions {
  /** The whole cluster, instead of the nodes and pods among the objects. */
  readonly cluster?: Cluster;
  readonly kubernetesVersion?: string;
  /** What `kubectl version` said of the API server; counts where neither the option nor the cluster has a version. */
  readonly serverVersion?: string;
  readonly dataplane?: Dataplane;
}
