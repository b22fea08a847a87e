export { autoModeBuild, IGNORED_BY_AUTO_MODE } from "./auto-mode";
export { annotation, annotationPlace, AWS, AWS_PREFIX, hasAwsAnnotation } from "./annotations";
export {
  attributeValue,
  CROSS_ZONE,
  DNS_ROUTING,
  frontAttributes,
  loadBalancerDefaults,
  PRESERVE_CLIENT_IP,
  preservesByDefault,
  PROXY_PROTOCOL_V2,
  proxyProtocolOf,
  preservesClientAddressOf,
  targetGroupDefaults,
  type Attributes,
} from "./attributes";
export type { BuiltListener, BuiltLoadBalancer, BuiltTargetGroup } from "./built";
export { ccmBuild, ccmHealthCheck, type CcmSettings } from "./ccm";
export {
  AUTO_MODE_CLASS,
  AWS_CONTROLLERS,
  awsClaim,
  LBC_CLASS,
  type AwsController,
  type Claim,
  type ClaimSettings,
} from "./claim";
export * from "./health-check-defaults";
export { lbcBuild, type LbcSettings } from "./lbc";
export { registeredNodes } from "./nlb/registered-nodes";
export { orRefusal, REFUSAL_KINDS, type Outcome, type Refusal, type RefusalKind } from "./refusal";
