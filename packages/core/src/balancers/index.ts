/** What the controllers of AWS build from an annotated Service. */
export * as aws from "./aws";
export * from "./balancer";
export { BALANCERS, balancerOf } from "./known";
export { FORWARDS_ADDRESS, haproxy } from "./haproxy";
export { nlbInstance } from "./nlb-instance";
export { HEALTH_CHECK_PATH } from "./node-health-check";
export { nlbIp } from "./nlb-ip";
export { crossZone, CROSS_ZONE_ATTRIBUTE } from "./nlb";
