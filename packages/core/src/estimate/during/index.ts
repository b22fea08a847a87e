export { duringOn, estimateDuring } from "./during";
export type { Afterwards, Disruption, DuringOptions, DuringTiming, Moment } from "./disruption";
export { describeEvent, moreNodes } from "./events";
export { DEREGISTRATION_SECONDS } from "./lag";
export { livesOf, type Lives } from "./lives";
