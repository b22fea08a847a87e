import {
  boolean,
  custom,
  integer,
  list,
  mapOf,
  member,
  pointer,
  string,
  stringMap,
  strings,
  struct,
  type Decoder,
} from "../decode/decode";
import type { Knowable } from "../../model";
import { readQuantity, ZERO, type ApiQuantity } from "./quantity";
import type {
  AffinityObject,
  AffinityTermObject,
  ContainerObject,
  ContainerPortObject,
  ExecObject,
  HandlerObject,
  LifecycleObject,
  NodeAffinityObject,
  NodeSelectorObject,
  NodeTermObject,
  PodAffinityObject,
  PodSpecObject,
  PreferredTermObject,
  QuantityMap,
  ReadinessGateObject,
  RequirementObject,
  ResourcesObject,
  SchedulingGateObject,
  SelectorObject,
  SleepObject,
  SpreadObject,
  TemplateObject,
  TolerationObject,
  WeightedTermObject,
} from "./workload-object";

// The fields of v1.PodTemplateSpec that are read, with their Go types (k8s.io/api core/v1/types.go).

const requirement = (goName: string, operator: string) =>
  struct<RequirementObject>(goName, { key: string(), operator: string(operator), values: strings() });

export const labelSelector = struct<SelectorObject>("LabelSelector", {
  matchLabels: stringMap,
  matchExpressions: list(requirement("LabelSelectorRequirement", "v1.LabelSelectorOperator")),
});

const nodeRequirement = requirement("NodeSelectorRequirement", "v1.NodeSelectorOperator");

const nodeTerm = struct<NodeTermObject>("NodeSelectorTerm", {
  matchExpressions: list(nodeRequirement),
  matchFields: list(nodeRequirement),
});

const nodeAffinity = struct<NodeAffinityObject>("NodeAffinity", {
  requiredDuringSchedulingIgnoredDuringExecution: pointer(
    struct<NodeSelectorObject>("NodeSelector", { nodeSelectorTerms: list(nodeTerm) }),
  ),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    struct<PreferredTermObject>("PreferredSchedulingTerm", {
      weight: integer("int32"),
      preference: member(nodeTerm),
    }),
  ),
});

const affinityTerm = struct<AffinityTermObject>("PodAffinityTerm", {
  labelSelector: pointer(labelSelector),
  namespaces: strings(),
  topologyKey: string(),
  namespaceSelector: pointer(labelSelector),
  matchLabelKeys: strings(),
  mismatchLabelKeys: strings(),
});

const podAffinity = (goName: string) =>
  struct<PodAffinityObject>(goName, {
    requiredDuringSchedulingIgnoredDuringExecution: list(affinityTerm),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      struct<WeightedTermObject>("WeightedPodAffinityTerm", {
        weight: integer("int32"),
        podAffinityTerm: member(affinityTerm),
      }),
    ),
  });

const affinity = struct<AffinityObject>("Affinity", {
  nodeAffinity: pointer(nodeAffinity),
  podAffinity: pointer(podAffinity("PodAffinity")),
  podAntiAffinity: pointer(podAffinity("PodAntiAffinity")),
});

const toleration = struct<TolerationObject>("Toleration", {
  key: string(),
  operator: string("v1.TolerationOperator"),
  value: string(),
  effect: string("v1.TaintEffect"),
  tolerationSeconds: integer("int64", true),
});

const spread = struct<SpreadObject>("TopologySpreadConstraint", {
  maxSkew: integer("int32"),
  topologyKey: string(),
  whenUnsatisfiable: string("v1.UnsatisfiableConstraintAction"),
  labelSelector: pointer(labelSelector),
  minDomains: integer("int32", true),
  nodeAffinityPolicy: string("v1.NodeInclusionPolicy", true),
  nodeTaintsPolicy: string("v1.NodeInclusionPolicy", true),
  matchLabelKeys: strings(),
});

const quantity: Decoder<Knowable<ApiQuantity>> = custom((value) =>
  value === null ? ZERO : readQuantity(value),
);

const resourceList: Decoder<QuantityMap> = mapOf<Knowable<ApiQuantity>>(
  "v1.ResourceList",
  quantity,
  ZERO,
  (name) => `[${name}]`,
);

const resources = struct<ResourcesObject>("ResourceRequirements", {
  limits: resourceList,
  requests: resourceList,
});

const containerPort = struct<ContainerPortObject>("ContainerPort", {
  name: string(),
  hostPort: integer("int32"),
  containerPort: integer("int32"),
  protocol: string("v1.Protocol"),
  hostIP: string(),
});

/** Whether there is one, whatever it says. */
const presence = (goName: string) => pointer(struct<object>(goName, {}));

const handler = struct<HandlerObject>("LifecycleHandler", {
  exec: pointer(
    struct<ExecObject>("ExecAction", {
      command: strings(),
    }),
  ),
  httpGet: presence("HTTPGetAction"),
  tcpSocket: presence("TCPSocketAction"),
  sleep: pointer(struct<SleepObject>("SleepAction", { seconds: integer("int64") })),
});

const lifecycle = struct<LifecycleObject>("Lifecycle", {
  postStart: pointer(handler),
  preStop: pointer(handler),
});

const container = struct<ContainerObject>("Container", {
  name: string(),
  image: string(),
  ports: list(containerPort),
  resources: member(resources),
  restartPolicy: string("v1.ContainerRestartPolicy", true),
  lifecycle: pointer(lifecycle),
  livenessProbe: presence("Probe"),
  readinessProbe: presence("Probe"),
  startupProbe: presence("Probe"),
});

const podSpec = struct<PodSpecObject>("PodSpec", {
  nodeName: string(),
  hostNetwork: boolean(),
  restartPolicy: string("v1.RestartPolicy"),
  terminationGracePeriodSeconds: integer("int64", true),
  activeDeadlineSeconds: integer("int64", true),
  priorityClassName: string(),
  nodeSelector: stringMap,
  affinity: pointer(affinity),
  tolerations: list(toleration),
  topologySpreadConstraints: list(spread),
  readinessGates: list(
    struct<ReadinessGateObject>("PodReadinessGate", {
      conditionType: string("v1.PodConditionType"),
    }),
  ),
  schedulingGates: list(struct<SchedulingGateObject>("PodSchedulingGate", { name: string() })),
  containers: list(container),
  initContainers: list(container),
  overhead: resourceList,
  resources: pointer(resources),
});

export const template = struct<TemplateObject>("PodTemplateSpec", {
  metadata: member(
    struct<Exclude<TemplateObject["metadata"], undefined>>("ObjectMeta", {
      labels: stringMap,
      annotations: stringMap,
    }),
  ),
  spec: member(podSpec),
});
