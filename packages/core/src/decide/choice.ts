import { isAnswered, type Exposure } from "../model";
import { decide, decideInternal } from "./decide";
import type { Decision } from "./decision";

/**
 * The decision that a source asks for: on the side that it leaves to be chosen, or whose given policy it wants weighed. Whoever makes
 * resources from a component and whoever reads a preview of them ask here, so that they cannot choose differently.
 *
 * @returns undefined where nothing is asked, where a value is still to come that the choice rests on, and where the load balancer is
 * not known well enough to choose
 */
export function decideChoice(exposure: Exposure): Decision | undefined {
  const { choice } = exposure;
  if (!choice || choice.waitsFor) return undefined;
  const options = choice.trafficDistribution ? { trafficDistribution: choice.trafficDistribution } : {};
  return choice.side === "internal"
    ? decideInternal(exposure, options)
    : decide(exposure, options).find(isAnswered);
}
