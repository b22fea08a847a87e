export { serviceFronts, type ServiceFronts } from "./aws/service-fronts";
export type { ClusterOptions } from "./cluster/cluster-options";
export { clusterFromShape, type ClusterShape, type NodeGroup, type ShapeReading } from "./cluster/shape";
export { readKubernetes, type KubernetesOptions, type Reading } from "./join/kubernetes";
export { WISH_ANNOTATIONS } from "./join/wishes";
export type { SourceObject } from "./kubernetes/object";
export { problemText, type Problem } from "./problem";
export { exposureFromComponent, type ComponentReading } from "./pulumi/component";
export { componentKind, type ComponentIdentity, type ComponentKind } from "./pulumi/component-inputs";
