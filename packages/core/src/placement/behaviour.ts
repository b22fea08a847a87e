import { isAtLeast, SUPPORTED_VERSIONS } from "../model";

/** What the scheduler does differently in the versions that answers are given for; found by comparing their sources. */
export interface Behaviour {
  /** BalancedAllocation scores how much the pod betters the balance, not the balance it leaves (1.36). */
  readonly balanceByImprovement: boolean;
  /** Pods that ask for neither CPU nor memory are not scored by balance (1.33). */
  readonly bestEffortUnbalanced: boolean;
  /** Sidecars take the ports of the host that they name (1.33). */
  readonly sidecarPorts: boolean;
  /** Requests of the pod as a whole count in place of its containers' (1.34). */
  readonly podLevelResources: boolean;
  /** An untolerated taint is reported without its key and value (1.34). */
  readonly taintsUnnamed: boolean;
  /**
   * The namespace selector of a pod's own affinity term is also asked about no labels at all, so that `DoesNotExist` and `NotIn`
   * pick every namespace (1.34: interpodaffinity/plugin.go mergeAffinityTermNamespacesIfNotEmpty took to changing a copy).
   */
  readonly namespaceSelectorKept: boolean;
}

/** A cluster that does not say its version is taken for the newest one that answers are given for. */
export function behaviourOf(version: string = SUPPORTED_VERSIONS.newest): Behaviour {
  return {
    balanceByImprovement: isAtLeast(version, "1.36"),
    bestEffortUnbalanced: isAtLeast(version, "1.33"),
    sidecarPorts: isAtLeast(version, "1.33"),
    podLevelResources: isAtLeast(version, "1.34"),
    taintsUnnamed: isAtLeast(version, "1.34"),
    namespaceSelectorKept: isAtLeast(version, "1.34"),
  };
}
