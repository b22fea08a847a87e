export * from "./categorize";
export * from "./conditions";
export * from "./endpoints-for";
export * from "./hints";
export * from "./topology-auto";
export * from "./service-traffic";
export * from "./health-check";
