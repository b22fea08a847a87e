export * from "./allocated";
export type { ApiServer } from "./allocation";
export { defaultService, type DefaultingOptions } from "./service";
export type * from "./service-object";
