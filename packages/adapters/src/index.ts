export { SERVICE_TAG } from "./aws/target-group";
export { serviceFronts, type AwsSettings, type ServiceFronts } from "./aws/service-fronts";
export { clusterFrom } from "./cluster/cluster-from";
export type { ClusterOptions } from "./cluster/cluster-options";
export type { NodeGroup } from "./cluster/node-group";
export { clusterFromShape, type ClusterShape, type ShapeReading } from "./cluster/shape";
export { haproxyMistake, readAfter, type HaproxySource } from "./haproxy/config";
export { isHaproxyConfig } from "./haproxy/sections";
export type { Home } from "./haproxy/setting";
export { readCluster } from "./join/cluster";
export { isExposed, type JoinOptions } from "./join/exposures";
export { readKubernetes, type Reading } from "./join/kubernetes";
export type { ResourceRecord, Resources } from "./join/objects";
export {
  readPulumi,
  readPulumiDocument,
  type PulumiOptions,
  type PulumiReading,
  type ReadDocumentOptions,
} from "./join/pulumi";
export type { Unjoined } from "./join/target-group-fronts";
export { WISH_ANNOTATIONS } from "./join/wishes";
export { isHaproxyFile, leanConfigMap } from "./kubernetes/config-map";
export { keptPart } from "./kubernetes/kept";
export type { SourceObject } from "./kubernetes/object";
export { problemText, type Problem } from "./problem";
export * from "./pulumi/component";
export { documentResources, isPulumiDocument } from "./pulumi/document";
export type { PulumiResource } from "./pulumi/resource";
export { readableOfSecret } from "./pulumi/secret";
export { fromWire, settled, UNKNOWN_SENTINELS } from "./pulumi/wire";
