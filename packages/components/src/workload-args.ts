import type { Input } from "@pulumi/pulumi";
import type { WorkloadKind } from "./enums";

// Kubernetes' own field names and shapes, so that one record feeds the program's Deployment and the component. Only what decides
// placement and draining is named here; a record may hold more.

/** What runs behind the Service. */
export interface WorkloadArgs {
  /** Default Deployment. */
  kind?: WorkloadKind;
  /** Name of the object; default the component's name. */
  name?: Input<string>;
  /** Pods to run. Without it Kubernetes runs one. Not for a DaemonSet. */
  replicas?: Input<number>;
  /** Labels of the pods; the Service selects them. */
  labels: Input<Record<string, Input<string>>>;
  /** The pod's spec, as in `template.spec`. */
  spec?: Input<PodSpecArgs>;
}

/** What of a pod's spec decides where it runs and how it stops. */
export interface PodSpecArgs {
  nodeSelector?: Input<Record<string, Input<string>>>;
  affinity?: Input<AffinityArgs>;
  tolerations?: Input<Input<TolerationArgs>[]>;
  topologySpreadConstraints?: Input<Input<TopologySpreadConstraintArgs>[]>;
  containers: Input<Input<ContainerArgs>[]>;
  hostNetwork?: Input<boolean>;
  /** Seconds between the end of the pod's service and its being killed. Default 30. */
  terminationGracePeriodSeconds?: Input<number>;
}

/** One container of the pod. */
export interface ContainerArgs {
  name: Input<string>;
  resources?: Input<ResourcesArgs>;
  lifecycle?: Input<LifecycleArgs>;
}

/** What a container asks for; the scheduler places by it. */
export interface ResourcesArgs {
  /** Quantities such as `500m` and `256Mi`. */
  requests?: Input<Record<string, Input<string>>>;
}

/** What a container does around its life. */
export interface LifecycleArgs {
  preStop?: Input<LifecycleHandlerArgs>;
}

/** What runs before the container is told to stop. */
export interface LifecycleHandlerArgs {
  sleep?: Input<SleepActionArgs>;
  exec?: Input<ExecActionArgs>;
}

/** Waits. */
export interface SleepActionArgs {
  seconds: Input<number>;
}

/** Runs a command in the container. */
export interface ExecActionArgs {
  command?: Input<Input<string>[]>;
}

/** A taint that the pod bears. */
export interface TolerationArgs {
  key?: Input<string>;
  /** Equal or Exists. */
  operator?: Input<string>;
  value?: Input<string>;
  /** NoSchedule, PreferNoSchedule or NoExecute; none means all. */
  effect?: Input<string>;
}

/** How evenly pods are spread over a topology. */
export interface TopologySpreadConstraintArgs {
  maxSkew: Input<number>;
  topologyKey: Input<string>;
  /** DoNotSchedule or ScheduleAnyway. */
  whenUnsatisfiable: Input<string>;
  labelSelector?: Input<LabelSelectorArgs>;
  minDomains?: Input<number>;
  nodeAffinityPolicy?: Input<string>;
  nodeTaintsPolicy?: Input<string>;
  matchLabelKeys?: Input<Input<string>[]>;
}

/** Which pods are meant. */
export interface LabelSelectorArgs {
  matchLabels?: Input<Record<string, Input<string>>>;
  matchExpressions?: Input<Input<SelectorRequirementArgs>[]>;
}

/** One condition on labels. */
export interface SelectorRequirementArgs {
  key: Input<string>;
  /** In, NotIn, Exists or DoesNotExist; for nodes also Gt and Lt. */
  operator: Input<string>;
  values?: Input<Input<string>[]>;
}

/** Nodes and pods to be near to or away from. */
export interface AffinityArgs {
  nodeAffinity?: Input<NodeAffinityArgs>;
  podAffinity?: Input<PodAffinityArgs>;
  podAntiAffinity?: Input<PodAffinityArgs>;
}

/** Nodes to run on. */
export interface NodeAffinityArgs {
  requiredDuringSchedulingIgnoredDuringExecution?: Input<NodeSelectorArgs>;
  preferredDuringSchedulingIgnoredDuringExecution?: Input<Input<PreferredNodesArgs>[]>;
}

/** Terms of which one must hold. */
export interface NodeSelectorArgs {
  nodeSelectorTerms: Input<Input<NodeSelectorTermArgs>[]>;
}

/** Conditions that must all hold. */
export interface NodeSelectorTermArgs {
  matchExpressions?: Input<Input<SelectorRequirementArgs>[]>;
  matchFields?: Input<Input<SelectorRequirementArgs>[]>;
}

/** Nodes that are better, by a weight. */
export interface PreferredNodesArgs {
  weight: Input<number>;
  preference: Input<NodeSelectorTermArgs>;
}

/** Pods to be near to, or away from. */
export interface PodAffinityArgs {
  requiredDuringSchedulingIgnoredDuringExecution?: Input<Input<PodAffinityTermArgs>[]>;
  preferredDuringSchedulingIgnoredDuringExecution?: Input<Input<PreferredPodsArgs>[]>;
}

/** Pods, and the topology in which nearness is measured. */
export interface PodAffinityTermArgs {
  labelSelector?: Input<LabelSelectorArgs>;
  topologyKey: Input<string>;
  namespaces?: Input<Input<string>[]>;
  namespaceSelector?: Input<LabelSelectorArgs>;
  matchLabelKeys?: Input<Input<string>[]>;
  mismatchLabelKeys?: Input<Input<string>[]>;
}

/** Pods that are better, by a weight. */
export interface PreferredPodsArgs {
  weight: Input<number>;
  podAffinityTerm: Input<PodAffinityTermArgs>;
}
