export { validateWorkload, workloadKindOf, type WorkloadAnswer, type WorkloadRequest } from "./workload";
export { WORKLOAD_KINDS, type WorkloadKind } from "./workload-schema";
