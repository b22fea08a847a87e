export * from "./advice";
export * from "./client-address";
export * from "./cluster";
export * from "./construct";
export * from "./endpoint";
export * from "./exemption";
export * from "./exposure";
export * from "./finding";
export * from "./front";
export * from "./health-check";
export * from "./identity";
export * from "./impossible";
export * from "./inventory";
export * from "./is-map";
export * from "./json";
export * from "./knowable";
export * from "./nearest";
export * from "./node";
export * from "./pod";
export * from "./quantity";
export * from "./ref";
export * from "./resources";
export * from "./selector";
export * from "./service";
export * from "./setting";
export * from "./statement";
export * from "./unanswered";
export * from "./version";
export * from "./wording";
export * from "./workload";
export {
  answeringRelease,
  findRelease,
  releaseAssumptionText,
  SUPPORTED_VERSIONS,
  supportedRange,
  UnmodelledVersionError,
  type ReleaseAssumption,
} from "../releases";
