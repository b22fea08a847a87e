import type { LawExamples } from "../law-examples";
import { NLB_HEALTH_CHECK_EXAMPLES } from "./health-check-examples";
import { NLB_INPUT_EXAMPLES } from "./input-examples";
import { NLB_PATH_EXAMPLES } from "./path-examples";

/** What an NLB shows of the rules that hold for every load balancer. */
export const NLB_LAW_EXAMPLES: LawExamples = {
  ...NLB_HEALTH_CHECK_EXAMPLES,
  ...NLB_PATH_EXAMPLES,
  ...NLB_INPUT_EXAMPLES,
};
