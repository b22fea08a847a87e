/**
 * Where the validation of workloads and pod templates differs between releases, by their sources and default gates; compared case by
 * case with the code of 1.30.14, 1.33.13, 1.34.4 and 1.36.3.
 */
export interface PodTraits {
  /** `matchLabelKeys` and `mismatchLabelKeys` of affinity terms are dropped while their gate is off (1.30). */
  readonly dropsAffinityLabelKeys: boolean;
  /** Values in required node affinity are looked at. */
  readonly checksNodeAffinityValues: boolean;
  /** A toleration with a value that `Exists` does not take is printed as a whole. */
  readonly printsWholeToleration: boolean;
  /** Operators `Lt` and `Gt` of tolerations are known, though their gate is off. */
  readonly knowsNumericTolerations: boolean;
  /** `resources` of the pod as a whole; dropped before. */
  readonly podLevelResources: boolean;
  /** Whether there is such a field; what is no field is not read (1.31). */
  readonly knowsPodLevelResources: boolean;
  /** `matchLabelKeys` of spread constraints are held against the selector as those of affinity terms are. */
  readonly mergesSpreadLabelKeys: boolean;
  /** What a `preStop` sleep may be. */
  readonly sleep: "positive" | "positive, names the gate" | "zero too";
  /** What becomes of a container's own restart policy, other than `Always` on an init container; its gate is off at first (1.34). */
  readonly containerRestartPolicies: "refused" | "dropped" | "taken";
  /** The template of a StatefulSet is looked at as others are, not only its labels and annotations. */
  readonly checksStatefulSetTemplate: boolean;
}

export function podTraits(minor: number): PodTraits {
  return {
    dropsAffinityLabelKeys: minor < 31,
    checksNodeAffinityValues: minor >= 33,
    printsWholeToleration: minor < 32,
    knowsNumericTolerations: minor >= 35,
    podLevelResources: minor >= 34,
    knowsPodLevelResources: minor >= 32,
    mergesSpreadLabelKeys: minor >= 34,
    sleep: minor < 32 ? "positive" : minor < 33 ? "positive, names the gate" : "zero too",
    containerRestartPolicies: minor < 34 ? "refused" : minor < 35 ? "dropped" : "taken",
    checksStatefulSetTemplate: minor >= 34,
  };
}
