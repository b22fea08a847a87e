import { estimateOn, type Estimate } from "../estimate";
import type { Exposure, Unanswered } from "../model";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision } from "./decision";
import { scenariosOf } from "./scenario";

/** What an exposure's traffic comes to as it is, and what would be chosen; both on the same placements. */
export interface Assessment {
  readonly estimates: readonly Estimate[];
  readonly decisions: readonly (Decision | Unanswered)[];
}

/** `predict` and `decide` in one, for callers that want both: placing the pods is most of the work. */
export function assess(exposure: Exposure, options: DecideOptions = {}): Assessment {
  const settings = settingsOf(options);
  const scenarios = scenariosOf(exposure, settings);
  return {
    estimates: scenarios.flatMap(({ name, exposure: scaled, cluster, placements }) =>
      estimateOn({ ...scaled, cluster }, placements, settings).map((one) => ({ ...one, cluster: name })),
    ),
    decisions: exposure.service.type === "ExternalName" ? [] : decideOn(scenarios, exposure, options),
  };
}
