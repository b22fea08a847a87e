export {
  judgeWorkload,
  validateWorkload,
  workloadKindOf,
  type WorkloadAnswer,
  type WorkloadRequest,
  type WorkloadVerdict,
} from "./workload";
export { WORKLOAD_KINDS, type WorkloadKind } from "./workload-schema";
