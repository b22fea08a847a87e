import type { Knowable } from "./knowable";
import type { PodTemplate } from "./pod";
import type { ObjectRef } from "./ref";
import type { LabelSelector } from "./selector";

/** How many pods a workload runs. */
export interface Replicas {
  /** The number in force: `spec.replicas`, or 1 where nobody wrote one. Unused by DaemonSets. */
  readonly count: Knowable<number>;
  /** `default` where `spec.replicas` is absent: a Deployment then runs one pod. */
  readonly by: "given" | "default";
  /** The range in which an autoscaler moves the count. */
  readonly range?: { readonly min: number; readonly max: number; readonly by: ObjectRef };
}

export interface RolloutStrategy {
  readonly type: "RollingUpdate" | "Recreate" | "OnDelete";
  /** Number of pods or a percentage such as `25%`. */
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly minReadySeconds?: number;
  /** Of a StatefulSet: pods with a lower number keep their revision. */
  readonly partition?: number;
  /** Of a StatefulSet: whether pods are made and removed one after another (the default) or together. */
  readonly podManagement?: "OrderedReady" | "Parallel";
}

/** How many pods an eviction must leave, or may take away, by number or percentage: a PodDisruptionBudget; at most one of the two. */
export interface DisruptionBudget {
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

/**
 * What a Service's selector matches and what makes its pods. `runs: everyNode` is a DaemonSet: one pod on each node that its
 * pod template fits; everything else, custom scalable resources included, is a number of replicas.
 */
export interface Workload {
  readonly ref: ObjectRef;
  readonly runs: "replicas" | "everyNode";
  readonly replicas: Replicas;
  readonly selector?: LabelSelector;
  readonly template: PodTemplate;
  readonly strategy?: RolloutStrategy;
  /** Names of the volumes that its pods claim: what decides about nodes beside their spec, and is not modelled. */
  readonly claims?: readonly string[];
  /** Labels that the controller adds to the pods of the current revision: `pod-template-hash`. */
  readonly revisionLabels?: Readonly<Record<string, string>>;
  /** Variables in the environment of its containers that configure controllers of load balancers, as far as they are plain values. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What evictions keep to, and the objects that say so. */
  readonly budget?: DisruptionBudget & { readonly by: readonly ObjectRef[] };
  /**
   * The object of `apps/v1` as its source has it, before defaults: what the API server would be asked to take. Absent for one that
   * it has taken already, and for custom resources.
   */
  readonly written?: Readonly<Record<string, unknown>>;
}
