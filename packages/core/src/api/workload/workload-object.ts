import type { Knowable } from "../../model";
import type { ObjectMeta, StringList, StringMap } from "../service/service-object";
import type { ApiQuantity } from "./quantity";

/**
 * What is read of a Deployment, StatefulSet, DaemonSet or ReplicaSet of `apps/v1`, with the names of the API. Any value may be
 * `Unknown`; a field at its Go zero value is absent.
 */
export interface WorkloadObject {
  readonly metadata?: ObjectMeta;
  readonly spec?: WorkloadSpec;
}

/** The fields of all four; each kind has its own part of them. */
export interface WorkloadSpec {
  readonly replicas?: Knowable<number>;
  readonly selector?: Knowable<SelectorObject>;
  readonly template?: TemplateObject;
  readonly minReadySeconds?: Knowable<number>;
  readonly revisionHistoryLimit?: Knowable<number>;
  readonly progressDeadlineSeconds?: Knowable<number>;
  readonly podManagementPolicy?: Knowable<string>;
  readonly strategy?: StrategyObject;
  readonly updateStrategy?: StrategyObject;
}

export interface StrategyObject {
  readonly type?: Knowable<string>;
  readonly rollingUpdate?: Knowable<RollingUpdateObject>;
}

export interface RollingUpdateObject {
  readonly maxUnavailable?: Knowable<number | string>;
  readonly maxSurge?: Knowable<number | string>;
  readonly partition?: Knowable<number>;
}

export interface SelectorObject {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: Knowable<readonly RequirementObject[]>;
}

export interface RequirementObject {
  readonly key?: Knowable<string>;
  readonly operator?: Knowable<string>;
  readonly values?: StringList;
}

export interface TemplateObject {
  readonly metadata?: Pick<ObjectMeta, "labels" | "annotations">;
  readonly spec?: PodSpecObject;
}

export interface PodSpecObject {
  readonly nodeName?: Knowable<string>;
  readonly hostNetwork?: Knowable<boolean>;
  readonly restartPolicy?: Knowable<string>;
  readonly terminationGracePeriodSeconds?: Knowable<number>;
  readonly activeDeadlineSeconds?: Knowable<number>;
  readonly priorityClassName?: Knowable<string>;
  readonly nodeSelector?: StringMap;
  readonly affinity?: Knowable<AffinityObject>;
  readonly tolerations?: Knowable<readonly TolerationObject[]>;
  readonly topologySpreadConstraints?: Knowable<readonly SpreadObject[]>;
  readonly readinessGates?: Knowable<readonly ReadinessGateObject[]>;
  readonly schedulingGates?: Knowable<readonly SchedulingGateObject[]>;
  readonly containers?: Knowable<readonly ContainerObject[]>;
  readonly initContainers?: Knowable<readonly ContainerObject[]>;
  readonly overhead?: QuantityMap;
  readonly resources?: Knowable<ResourcesObject>;
}

export interface ReadinessGateObject {
  readonly conditionType?: Knowable<string>;
}

export interface SchedulingGateObject {
  readonly name?: Knowable<string>;
}

export type QuantityMap = Knowable<Readonly<Record<string, Knowable<ApiQuantity>>>>;

export interface ResourcesObject {
  readonly limits?: QuantityMap;
  readonly requests?: QuantityMap;
}

export interface ContainerObject {
  readonly name?: Knowable<string>;
  readonly image?: Knowable<string>;
  readonly ports?: Knowable<readonly ContainerPortObject[]>;
  readonly resources?: ResourcesObject;
  readonly restartPolicy?: Knowable<string>;
  readonly lifecycle?: Knowable<LifecycleObject>;
  /** Only whether there is one. */
  readonly livenessProbe?: Knowable<object>;
  readonly readinessProbe?: Knowable<object>;
  readonly startupProbe?: Knowable<object>;
}

export interface ContainerPortObject {
  readonly name?: Knowable<string>;
  readonly hostPort?: Knowable<number>;
  readonly containerPort?: Knowable<number>;
  readonly protocol?: Knowable<string>;
  readonly hostIP?: Knowable<string>;
}

export interface LifecycleObject {
  readonly postStart?: Knowable<HandlerObject>;
  readonly preStop?: Knowable<HandlerObject>;
}

export interface HandlerObject {
  readonly exec?: Knowable<ExecObject>;
  /** Only whether there is one. */
  readonly httpGet?: Knowable<object>;
  readonly tcpSocket?: Knowable<object>;
  readonly sleep?: Knowable<SleepObject>;
}

export interface ExecObject {
  readonly command?: StringList;
}

export interface SleepObject {
  readonly seconds?: Knowable<number>;
}

export interface TolerationObject {
  readonly key?: Knowable<string>;
  readonly operator?: Knowable<string>;
  readonly value?: Knowable<string>;
  readonly effect?: Knowable<string>;
  readonly tolerationSeconds?: Knowable<number>;
}

export interface SpreadObject {
  readonly maxSkew?: Knowable<number>;
  readonly topologyKey?: Knowable<string>;
  readonly whenUnsatisfiable?: Knowable<string>;
  readonly labelSelector?: Knowable<SelectorObject>;
  readonly minDomains?: Knowable<number>;
  readonly nodeAffinityPolicy?: Knowable<string>;
  readonly nodeTaintsPolicy?: Knowable<string>;
  readonly matchLabelKeys?: StringList;
}

export interface AffinityObject {
  readonly nodeAffinity?: Knowable<NodeAffinityObject>;
  readonly podAffinity?: Knowable<PodAffinityObject>;
  readonly podAntiAffinity?: Knowable<PodAffinityObject>;
}

export interface NodeAffinityObject {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Knowable<NodeSelectorObject>;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: Knowable<readonly PreferredTermObject[]>;
}

export interface NodeSelectorObject {
  readonly nodeSelectorTerms?: Knowable<readonly NodeTermObject[]>;
}

export interface PreferredTermObject {
  readonly weight?: Knowable<number>;
  readonly preference?: NodeTermObject;
}

export interface NodeTermObject {
  readonly matchExpressions?: Knowable<readonly RequirementObject[]>;
  readonly matchFields?: Knowable<readonly RequirementObject[]>;
}

export interface PodAffinityObject {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Knowable<readonly AffinityTermObject[]>;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: Knowable<readonly WeightedTermObject[]>;
}

export interface WeightedTermObject {
  readonly weight?: Knowable<number>;
  readonly podAffinityTerm?: AffinityTermObject;
}

export interface AffinityTermObject {
  readonly labelSelector?: Knowable<SelectorObject>;
  readonly namespaces?: StringList;
  readonly topologyKey?: Knowable<string>;
  readonly namespaceSelector?: Knowable<SelectorObject>;
  readonly matchLabelKeys?: StringList;
  readonly mismatchLabelKeys?: StringList;
}
