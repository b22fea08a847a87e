/** What the controllers of AWS build from an annotated Service. */
export * as aws from "./aws";
export * from "./balancer";
export { BALANCERS, balancerOf } from "./known";
export { nlbInstance, HEALTH_CHECK_PATH } from "./nlb-instance";
export { nlbIp } from "./nlb-ip";
export { crossZone, CROSS_ZONE_ATTRIBUTE } from "./nlb";
