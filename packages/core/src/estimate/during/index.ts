export { duringOn, estimateDuring, livesOf } from "./deferred";
export type { Afterwards, Disruption, DuringOptions, DuringTiming, Moment, MoreNodes } from "./disruption";
export type { Lives } from "./lives";
