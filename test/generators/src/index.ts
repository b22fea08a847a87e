export * from "./endpoints";
export * from "./services";
export * from "./clusters";
export * from "./scheduler-views";
export * from "./workloads";
export * from "./node-terms";
export * from "./pod-selectors";
export * from "./pod-specs";
