/** Where the validation of workloads and pod templates differs between releases. */
export interface WorkloadTraits {
  /** `matchLabelKeys` and `mismatchLabelKeys` of affinity terms are dropped while their gate is off. */
  readonly dropsAffinityLabelKeys: boolean;
  /** Values in required node affinity are validated. */
  readonly checksNodeAffinityValues: boolean;
  /** A toleration with a value that `Exists` does not allow is printed as a whole. */
  readonly printsWholeToleration: boolean;
  /** Operators `Lt` and `Gt` of tolerations are known, though their gate is off. */
  readonly knowsNumericTolerations: boolean;
  /** `resources` of the pod as a whole; dropped before. */
  readonly podLevelResources: boolean;
  /** Whether there is such a field; an unknown field is not read. */
  readonly knowsPodLevelResources: boolean;
  /** `matchLabelKeys` of spread constraints are checked against the selector as those of affinity terms are. */
  readonly mergesSpreadLabelKeys: boolean;
  /** What a `preStop` sleep may be. */
  readonly sleep: "positive" | "positive, names the gate" | "zero too";
  /** What becomes of a container's own restart policy, other than `Always` on an init container; its gate is off at first. */
  readonly containerRestartPolicies: "refused" | "dropped" | "kept";
  /** The template of a StatefulSet is validated as others are, not only its labels and annotations. */
  readonly checksStatefulSetTemplate: boolean;
  /** Gate MaxUnavailableStatefulSet: `maxUnavailable` of a rolling update is kept and validated; dropped before. */
  readonly statefulSetMaxUnavailable: boolean;
  /** Gate StatefulSetRecreateStrategy: `updateStrategy.type: Recreate`. */
  readonly statefulSetRecreate: boolean;
}
