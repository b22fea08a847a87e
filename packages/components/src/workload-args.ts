import type { Input } from "@pulumi/pulumi";
import type { WorkloadKind } from "./enums";

// Kubernetes' own field names and shapes, so that one record feeds the program's Deployment and the component. Only what decides
// placement and draining is named here; a record may hold more. `| undefined` within the inputs, as in the SDK's own types.

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
  /** Labels that a node must have. */
  nodeSelector?: Input<Record<string, Input<string>> | undefined>;
  /** Nodes and pods to be near to or away from. */
  affinity?: Input<AffinityArgs | undefined>;
  /** Taints that the pod bears. */
  tolerations?: Input<Input<TolerationArgs>[] | undefined>;
  /** How evenly the pods are spread. */
  topologySpreadConstraints?: Input<Input<TopologySpreadConstraintArgs>[] | undefined>;
  /** Containers; the scheduler places by what they ask for. */
  containers: Input<Input<ContainerArgs>[]>;
  /** Containers that run before the others. */
  initContainers?: Input<Input<ContainerArgs>[] | undefined>;
  /** What the pod's sandbox itself asks for. */
  overhead?: Input<Record<string, Input<string>> | undefined>;
  /** Whether the pod shares the node's network, and so its ports. */
  hostNetwork?: Input<boolean | undefined>;
  /** Conditions beside its containers that the pod's readiness waits for. */
  readinessGates?: Input<Input<ReadinessGateArgs>[] | undefined>;
  /** Seconds between the wish that the pod stops and its being killed. Default 30. */
  terminationGracePeriodSeconds?: Input<number | undefined>;
}

/** One container of the pod. */
export interface ContainerArgs {
  /** Name within the pod. */
  name: Input<string>;
  /** Image; nodes that have it are preferred a little. */
  image?: Input<string | undefined>;
  /** Ports; two pods with one host port cannot share a node. */
  ports?: Input<Input<ContainerPortArgs>[] | undefined>;
  /** What the container asks for. */
  resources?: Input<ResourcesArgs | undefined>;
  /** What the container does around its life. */
  lifecycle?: Input<LifecycleArgs | undefined>;
  /** `Always` on a container that runs beside the others from the start. */
  restartPolicy?: Input<string | undefined>;
}

/** One port of a container. */
export interface ContainerPortArgs {
  /** Port of the pod. */
  containerPort: Input<number>;
  /** Port of the node. */
  hostPort?: Input<number | undefined>;
  /** Name, by which a Service may call the port. */
  name?: Input<string | undefined>;
}

/** What a container asks for. */
export interface ResourcesArgs {
  /** Quantities such as `500m` and `256Mi`. */
  requests?: Input<Record<string, Input<string>> | undefined>;
}

/** What a container does around its life. */
export interface LifecycleArgs {
  /** What runs before the container is told to stop. */
  preStop?: Input<LifecycleHandlerArgs | undefined>;
}

/** What runs before the container is told to stop. */
export interface LifecycleHandlerArgs {
  /** Waits. */
  sleep?: Input<SleepActionArgs | undefined>;
  /** Runs a command, of which a `sleep` is understood. */
  exec?: Input<ExecActionArgs | undefined>;
}

/** Waits. */
export interface SleepActionArgs {
  /** For how long. */
  seconds: Input<number>;
}

/** Runs a command in the container. */
export interface ExecActionArgs {
  /** The command and its arguments. */
  command?: Input<Input<string>[] | undefined>;
}

/** A condition that somebody beside the kubelet sets. */
export interface ReadinessGateArgs {
  /** Type of the condition. */
  conditionType: Input<string>;
}

/** A taint that the pod bears. */
export interface TolerationArgs {
  /** Key of the taint; none means all, with operator Exists. */
  key?: Input<string | undefined>;
  /** Equal or Exists. */
  operator?: Input<string | undefined>;
  /** Value of the taint. */
  value?: Input<string | undefined>;
  /** NoSchedule, PreferNoSchedule or NoExecute; none means all. */
  effect?: Input<string | undefined>;
}

/** How evenly pods are spread over a topology. */
export interface TopologySpreadConstraintArgs {
  /** Largest difference between two domains. */
  maxSkew: Input<number>;
  /** Label of the nodes whose values are the domains. */
  topologyKey: Input<string>;
  /** DoNotSchedule or ScheduleAnyway. */
  whenUnsatisfiable: Input<string>;
  /** The pods that are counted. */
  labelSelector?: Input<LabelSelectorArgs | undefined>;
  /** Least number of domains; fewer count as if one were empty. */
  minDomains?: Input<number | undefined>;
  /** Honor or Ignore: whether nodes that the pod's affinity excludes count. */
  nodeAffinityPolicy?: Input<string | undefined>;
  /** Honor or Ignore: whether nodes whose taints the pod does not bear count. */
  nodeTaintsPolicy?: Input<string | undefined>;
  /** Labels whose values are taken from the pod itself. */
  matchLabelKeys?: Input<Input<string>[] | undefined>;
}

/** Which pods are meant. */
export interface LabelSelectorArgs {
  /** Labels that they have. */
  matchLabels?: Input<Record<string, Input<string>> | undefined>;
  /** Conditions on their labels. */
  matchExpressions?: Input<Input<SelectorRequirementArgs>[] | undefined>;
}

/** One condition on labels. */
export interface SelectorRequirementArgs {
  /** Key of the label. */
  key: Input<string>;
  /** In, NotIn, Exists or DoesNotExist; for nodes also Gt and Lt. */
  operator: Input<string>;
  /** Values of the label. */
  values?: Input<Input<string>[] | undefined>;
}

/** Nodes and pods to be near to or away from. */
export interface AffinityArgs {
  /** Nodes to run on. */
  nodeAffinity?: Input<NodeAffinityArgs | undefined>;
  /** Pods to be near to. */
  podAffinity?: Input<PodAffinityArgs | undefined>;
  /** Pods to be away from. */
  podAntiAffinity?: Input<PodAffinityArgs | undefined>;
}

/** Nodes to run on. */
export interface NodeAffinityArgs {
  /** Nodes that will do. */
  requiredDuringSchedulingIgnoredDuringExecution?: Input<NodeSelectorArgs | undefined>;
  /** Nodes that are better. */
  preferredDuringSchedulingIgnoredDuringExecution?: Input<Input<PreferredNodesArgs>[] | undefined>;
}

/** Terms of which one must hold. */
export interface NodeSelectorArgs {
  /** The terms. */
  nodeSelectorTerms: Input<Input<NodeSelectorTermArgs>[]>;
}

/** Conditions that must all hold. */
export interface NodeSelectorTermArgs {
  /** Conditions on labels. */
  matchExpressions?: Input<Input<SelectorRequirementArgs>[] | undefined>;
  /** Conditions on fields; there is only `metadata.name`. */
  matchFields?: Input<Input<SelectorRequirementArgs>[] | undefined>;
}

/** Nodes that are better, by a weight. */
export interface PreferredNodesArgs {
  /** 1 to 100. */
  weight: Input<number>;
  /** The nodes. */
  preference: Input<NodeSelectorTermArgs>;
}

/** Pods to be near to, or away from. */
export interface PodAffinityArgs {
  /** What must hold. */
  requiredDuringSchedulingIgnoredDuringExecution?: Input<Input<PodAffinityTermArgs>[] | undefined>;
  /** What is better. */
  preferredDuringSchedulingIgnoredDuringExecution?: Input<Input<PreferredPodsArgs>[] | undefined>;
}

/** Pods, and the topology in which nearness is measured. */
export interface PodAffinityTermArgs {
  /** The pods. */
  labelSelector?: Input<LabelSelectorArgs | undefined>;
  /** Label of the nodes whose values are the domains. */
  topologyKey: Input<string>;
  /** Namespaces of the pods; none means the pod's own. */
  namespaces?: Input<Input<string>[] | undefined>;
  /** Namespaces of the pods, by their labels. */
  namespaceSelector?: Input<LabelSelectorArgs | undefined>;
  /** Labels that must be equal to the pod's own. */
  matchLabelKeys?: Input<Input<string>[] | undefined>;
  /** Labels that must differ from the pod's own. */
  mismatchLabelKeys?: Input<Input<string>[] | undefined>;
}

/** Pods that are better, by a weight. */
export interface PreferredPodsArgs {
  /** 1 to 100. */
  weight: Input<number>;
  /** The pods. */
  podAffinityTerm: Input<PodAffinityTermArgs>;
}
