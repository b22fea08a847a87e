export type { ApiTraits, ServiceWarnings } from "./api-traits";
export type { ControllerTraits } from "./controller-traits";
export { ANNOUNCED_PROXY_CHANGES, type KubeProxyTraits } from "./kube-proxy-traits";
export type { Proof } from "./proof";
export type { Release } from "./release";
export type { SchedulerTraits } from "./scheduler-traits";
export type { WorkloadTraits } from "./workload-traits";
export {
  acceptedTrafficDistributions,
  isOn,
  type FeatureGates,
  type GateState,
  type TrafficGate,
  type TrafficGates,
} from "./traffic-gates";
export {
  findRelease,
  isCompared,
  RELEASES,
  releaseOf,
  SUPPORTED_VERSIONS,
  sinceRelease,
  supportedRange,
  UnmodelledVersionError,
} from "./registry";
export { releaseAssumptionText } from "./texts";
export { answeringRelease, type AnsweringRelease, type ReleaseAssumption } from "./answering-release";
