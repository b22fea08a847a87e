export * from "./categorize";
export * from "./conditions";
export * from "./endpoints-for";
export * from "./hints";
export * from "./topology-auto";
