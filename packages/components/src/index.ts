export * from "./args";
export * from "./decision-args";
export * from "./enums";
export * from "./internal-service";
export * from "./nlb-instance-service";
export * from "./nlb-ip-service";
export * from "./outputs";
export * from "./workload-args";
