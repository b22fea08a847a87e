import type { Exposure } from "../model";
import type { Estimate, EstimateOptions } from "./estimate";
import { observe } from "./observe";
import { predict } from "./predict";

export { clientAddressOf } from "../balancers";
export { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";
export * from "./during";
export * from "./estimate";
export * from "./figure";
export { groupFronts, hasClusterIP, isExternal, isReached, knownPorts } from "./fronts";
export { isKnownEstimate, type KnownEstimate } from "./known-estimate";
export { mostPlaced } from "./many";
export { observe } from "./observe";
export { OPEN_TRIALS, openQuestion, withOpenQuestions, type OpenQuestion } from "./open-questions";
export { placementsOf, occupancies } from "./placements";
export { unansweredWithoutPods, whyPlacementUnknown, whyPodsUnknown } from "./pods-known";
export { MOST_CONNECTIONS, reuseOf, type Reuse } from "./reuse";
export { estimateOn, estimateSide, predict } from "./predict";
export { describeCluster, equalNodes, shapesOf } from "./shapes";
export { hottest, spread, type Ground, type Reach, type Spread } from "./spread";
export { ESTIMATE_TEXTS } from "./texts";
export { detectionSeconds, servesWhileTerminating } from "./timing";
export { known } from "./unknown-figures";
export { unspecifiedOf, type Unspecified } from "./variations";

/**
 * What the traffic of one exposure comes to: observed where the source has EndpointSlices and nodes, predicted otherwise.
 *
 * @example
 * const [external] = estimate(exposure, { trials: 200, seed: 1 });
 * external.hottest; // { mean: 1.4, p95: 1.5, worst: 1.5 }: the hottest pod gets up to one and a half times its fair share
 */
export function estimate(exposure: Exposure, options: EstimateOptions = {}): readonly Estimate[] {
  return exposure.endpoints && exposure.cluster.nodes.length > 0
    ? observe(exposure, options)
    : predict(exposure, options);
}
