export * from "./endpoints";
export * from "./services";
