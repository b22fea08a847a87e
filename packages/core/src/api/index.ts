export * from "./allocation/allocated";
export type { RequestOptions, Refusal, ServiceAnswer } from "./answer/answer";
export { DEFAULT_NODE_PORT_RANGE, type ApiServer } from "./allocation/api-server";
export type { Undecided } from "./answer/check";
export type { ApiError, ErrorKind } from "./answer/field-error";
export { defaultService, judgeService, validateService, type ServiceVerdict } from "./service";
export { validateServiceUpdate } from "./update/service-update";
export type * from "./service/service-object";
export * from "./workload";
