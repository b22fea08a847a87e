import type { RecordedSet } from "../recorded";
import { ccmNlbHealth } from "./ccm-nlb-health";
import { lbcNodeTargets } from "./lbc-node-targets";
import { lbcServices } from "./lbc-services";

/** Every set that our code has a model for. A new one is a file beside this and a line here. */
export const SETS: readonly RecordedSet[] = Object.freeze([lbcServices, lbcNodeTargets, ccmNlbHealth]);
