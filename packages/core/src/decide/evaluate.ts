import { estimateSide, healthView, type Estimate } from "../estimate";
import type { Exposure, Front } from "../model";
import { withCandidate, type Candidate } from "./candidate";
import { wired } from "./health-check";
import type { Scene } from "./inside";
import type { Scenario, TrialSettings } from "./scenario";

export interface Evaluation {
  readonly candidate: Candidate;
  /** The candidate in every scenario, each with its estimate. */
  readonly scenes: readonly Scene[];
  /** One estimate of the side in question a scenario, in their order; `cluster` names the scenario. */
  readonly estimates: readonly Estimate[];
}

/**
 * What the candidate comes to in every scenario, with the health check wired as it should be for it: a decision about the policy
 * must not be decided by a check that the switch would have to change anyway.
 */
export function evaluateCandidate(
  side: Estimate["side"],
  front: Front | undefined,
  candidate: Candidate,
  scenarios: readonly Scenario[],
  settings: TrialSettings,
): Evaluation {
  const scenes = scenarios.flatMap(({ name, exposure, placements, rollout }): readonly Scene[] => {
    const service = withCandidate(exposure.service, candidate);
    const as = { ...exposure, service, fronts: front ? [wired(front, service)] : [] };
    return estimateSide(side, as, placements, settings).map((one) => ({
      exposure: as,
      estimate: { ...one, cluster: name },
      rollout,
    }));
  });
  return { candidate, scenes, estimates: scenes.map(({ estimate }) => estimate) };
}

/**
 * Whether any target could pass the health check that goes with the candidate. Where none can (a PROXY header on a port that does not
 * parse it), the balancer fails open: nothing may be lost today, and nobody notices a node that fails.
 */
export function couldPass(exposure: Exposure, front: Front | undefined, candidate: Candidate): boolean {
  const service = withCandidate(exposure.service, candidate);
  return healthView(service, front && wired(front, service)).passing !== "none";
}
