/** What the controllers of AWS build from an annotated Service. */
export * as aws from "./aws";
export { crossZone } from "./aws/nlb/weights";
export { nlbInstance } from "./aws/nlb/instance";
export { nlbIp } from "./aws/nlb/ip";
export { CROSS_ZONE as CROSS_ZONE_ATTRIBUTE } from "./aws/attributes";
export * from "./balancer";
export * from "./checks/check-answer";
export * from "./checks/health-check-wish";
export { isNodePort, KUBE_PROXY_HEALTH_PORT, KUBELET_PORT, PLAIN_HEALTH_PORTS } from "./checks/known-ports";
export { HEALTH_CHECK_PATH } from "./checks/required";
export { isTrafficPort } from "./checks/node-check";
export { clientAddressOf } from "./client-address-of";
export * from "./controller";
export { controllerOf, CONTROLLERS } from "./controllers";
export { FORWARDS_ADDRESS, haproxy } from "./haproxy/haproxy";
/** How MetalLB reads pools, grants addresses and elects who announces them. */
export * as metallb from "./metallb";
export { BALANCERS, balancerOf, balancersNamed } from "./registry";
export { isBuiltFromService, rebuiltFor, serviceFrontsOn, type ServiceFronts } from "./service-fronts";
export type { ControllerSettings } from "./settings";
export { BALANCER_TEXTS } from "./texts";
export { secondsToFail, type Seconds, type Timing } from "./timing";
export { UNMODELLED, unmodelledFront, whyUnknown } from "./unmodelled";
export { BALANCER_FACTS, type BalancerFactId, type Fact } from "./facts";
export { GENERAL_INSTRUCTIONS, type Instructions } from "./instructions";
export type { Law, LawName, Laws } from "./laws";
