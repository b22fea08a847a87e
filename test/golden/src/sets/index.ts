import type { RecordedSet } from "../recorded";
import { ccmNlbHealth } from "./ccm-nlb-health";
import { lbcNodeTargets } from "./lbc-node-targets";
import { lbcServices } from "./lbc-services";
import { metallbAnnounce } from "./metallb-announce";
import { metallbElection } from "./metallb-election";
import { metallbRanges } from "./metallb-ranges";
import { metallbSharing } from "./metallb-sharing";

/** Every set that our code has a model for. A new one is a file beside this and a line here. */
export const SETS: readonly RecordedSet[] = Object.freeze([
  lbcServices,
  lbcNodeTargets,
  ccmNlbHealth,
  metallbAnnounce,
  metallbElection,
  metallbRanges,
  metallbSharing,
]);
