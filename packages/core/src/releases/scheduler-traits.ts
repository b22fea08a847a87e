/** What kube-scheduler does differently between releases; found by comparing their sources. */
export interface SchedulerTraits {
  /** BalancedAllocation scores how much the pod improves the balance, not the balance that it leaves. */
  readonly balanceByImprovement: boolean;
  /** Pods that request neither CPU nor memory are not scored by balance. */
  readonly bestEffortUnbalanced: boolean;
  /** Sidecars occupy the host ports that they name. */
  readonly sidecarPorts: boolean;
  /** Requests of the pod as a whole count in place of its containers'. */
  readonly podLevelResources: boolean;
  /** An untolerated taint is reported without its key and value. */
  readonly taintsUnnamed: boolean;
  /**
   * The namespace selector of a pod's own affinity term is also matched with no labels at all, so that `DoesNotExist` and `NotIn`
   * select every namespace (interpodaffinity/plugin.go mergeAffinityTermNamespacesIfNotEmpty changes a copy).
   */
  readonly namespaceSelectorKept: boolean;
  /** NodeName works before any node is looked at, and comes before NodeUnschedulable. */
  readonly nodeNameFirst: boolean;
  /** A spread constraint with `labelSelector: {}` counts all pods of the namespace; none before. */
  readonly emptySpreadSelectorCounts: boolean;
  /** Gate StorageCapacityScoring: for unbound claims, nodes with more free storage score higher. */
  readonly storageCapacityScores: boolean;
}
