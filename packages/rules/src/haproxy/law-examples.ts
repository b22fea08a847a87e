import type { LawExamples } from "../law-examples";
import { HAPROXY_HEALTH_CHECK_EXAMPLES } from "./health-check-examples";
import { HAPROXY_INPUT_EXAMPLES } from "./input-examples";
import { HAPROXY_PATH_EXAMPLES } from "./path-examples";

/** What HAProxy shows of the rules that hold for every load balancer. */
export const HAPROXY_LAW_EXAMPLES: LawExamples = {
  ...HAPROXY_HEALTH_CHECK_EXAMPLES,
  ...HAPROXY_PATH_EXAMPLES,
  ...HAPROXY_INPUT_EXAMPLES,
};
