export * from "./categorize";
export * from "./conditions";
export * from "./endpoints-for";
