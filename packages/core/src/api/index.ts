export * from "./allocated";
export type { RequestOptions, Refusal, ServiceAnswer } from "./answer";
export { DEFAULT_NODE_PORT_RANGE, type ApiServer } from "./api-server";
export type { Undecided } from "./check";
export type { ApiError, ErrorKind } from "./field-error";
export { defaultService, judgeService, validateService, type ServiceVerdict } from "./service";
export { validateServiceUpdate } from "./service-update";
export type * from "./service-object";
export * from "./workload";
