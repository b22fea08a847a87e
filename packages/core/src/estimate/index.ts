import type { Exposure } from "../model";
import type { Estimate, EstimateOptions } from "./estimate";
import { observe } from "./observe";
import { predict } from "./predict";

export * from "./client-address";
export * from "./during";
export * from "./estimate";
export * from "./figure";
export { groupFronts, hasClusterIP, isExternal, isReached, isTrafficPort, knownPorts } from "./fronts";
export { healthView, type HealthView, type PassingNodes } from "./health";
export { mostPlaced } from "./many";
export { observe } from "./observe";
export { OPEN_TRIALS, openQuestion, withOpenQuestions, type OpenQuestion } from "./open-questions";
export { placementsOf, occupancies } from "./placements";
export { MOST_CONNECTIONS, reuseOf, type Reuse } from "./reuse";
export { estimateOn, estimateSide, predict } from "./predict";
export { DEFAULT_LOAD, DEFAULT_SIZES, describeCluster, equalNodes, shapesOf } from "./shapes";
export { hottest, spread, type Ground, type Reach, type Spread } from "./spread";
export { list, unsaidOf, type Unsaid } from "./variations";
export { detectionSeconds, servesWhileTerminating } from "./timing";

/**
 * What the traffic of one exposure comes to: observed where the source has EndpointSlices and nodes, predicted otherwise.
 *
 * @example
 * const [external] = estimate(exposure, { trials: 200, seed: 1 });
 * external.hottest?.p95; // 1.5: the hottest pod gets one and a half times its fair part
 */
export function estimate(exposure: Exposure, options: EstimateOptions = {}): readonly Estimate[] {
  return exposure.endpoints && exposure.cluster.nodes.length > 0
    ? observe(exposure, options)
    : predict(exposure, options);
}
