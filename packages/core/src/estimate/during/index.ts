export { duringOn, estimateDuring } from "./during";
export type { Afterwards, Disruption, DuringOptions, DuringTiming, Moment, MoreNodes } from "./disruption";
export { describeEvent, moreNodes } from "./events";
export { flowsOverNodes, flowsOverPods, type Flow } from "./flow";
export { lagging, lagOf, verdicts, type Change, type Lag } from "./lag";
export { livesOf, type Lives } from "./lives";
export { passingAt } from "./watch";
