import type { Exposure, Unanswered } from "../../model";
import type { Disruption, DuringOptions } from "./disruption";
import type * as During from "./during";
import type * as Simulated from "./lives";

// Most starts simulate nothing, and the modules behind a simulation are a tenth of a start. `import()` would do it too, but make every
// answer a promise.
/* eslint-disable @typescript-eslint/no-require-imports */
const during = (): typeof During => require("./during") as typeof During;
const lives = (): typeof Simulated => require("./lives") as typeof Simulated;
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * What happens to both sides of an exposure while its pods and nodes change: for each front (equal ones together) the external side,
 * then the internal one; for each cluster shape. The pods start where the cluster has them, or else where the scheduler puts them.
 * An exposure without workloads is unanswered. Throws a `RangeError` that says what is wrong with an event.
 *
 * @example
 * const [external] = estimateDuring(exposure, { events: [{ kind: "rollout" }] });
 * if (external && isAnswered(external)) external.fullLossSeconds.p95; // 4.2: as much is lost as arrives in 4.2 seconds
 */
export function estimateDuring(
  exposure: Exposure,
  options: DuringOptions,
): readonly (Disruption | Unanswered)[] {
  return during().estimateDuring(exposure, options);
}

/**
 * The same on lives that are already at hand, for callers that weigh several policies: pods and nodes live alike under all of them.
 * The cluster must have nodes.
 */
export function duringOn(
  exposure: Exposure,
  simulated: Simulated.Lives,
  options: DuringOptions,
): readonly (Disruption | Unanswered)[] {
  return during().duringOn(exposure, simulated, options);
}

/**
 * Simulates the workloads of an exposure. The policies of its Service make no difference; pods that wait for a balancer do. Throws a
 * `RangeError` for an event that does not fit, and for more than 20,000 pods.
 */
export function livesOf(
  exposure: Pick<Exposure, "service" | "workloads" | "cluster" | "fronts">,
  options: DuringOptions,
): Simulated.Lives {
  return lives().livesOf(exposure, options);
}
