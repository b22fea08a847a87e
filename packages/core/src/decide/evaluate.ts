import { balancerOf, canPass } from "../balancers";
import { estimateSide, isKnownEstimate, type Estimate, type KnownEstimate } from "../estimate";
import { distinctStatements, type Exposure, type Front, type Statement } from "../model";
import { withCandidate, type Candidate } from "./candidate";
import { frontWith } from "./health-check";
import type { Scene } from "./inside";
import type { Scenario, TrialSettings } from "./scenario";

export interface Evaluation {
  readonly candidate: Candidate;
  /** The candidate in every scenario, each with its estimate. */
  readonly scenes: readonly Scene[];
  /** One estimate of the side in question a scenario, in their order; `cluster` names the scenario. */
  readonly estimates: readonly KnownEstimate[];
  /** What is not known, so that a scenario has no estimate; empty where all have one. */
  readonly unknown: readonly Statement[];
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
  const unknown: Statement[] = [];
  const scenes = scenarios.flatMap(({ name, exposure, placements, rollout }): readonly Scene[] => {
    const service = withCandidate(exposure.service, candidate);
    const as = { ...exposure, service, fronts: front ? [frontWith(front, service, exposure.workloads)] : [] };
    return estimateSide(side, as, placements, settings).flatMap((one) => {
      if (isKnownEstimate(one)) return [{ exposure: as, estimate: { ...one, cluster: name }, rollout }];
      unknown.push(...one.unknown);
      return [];
    });
  });
  return {
    candidate,
    scenes,
    estimates: scenes.map(({ estimate }) => estimate),
    unknown: distinctStatements(unknown),
  };
}

/**
 * Whether any target could pass the health check that goes with the candidate. Where none can (a PROXY header on a port that does not
 * parse it), nobody notices a node that fails, even where the load balancer fails open and nothing is lost today.
 */
export function couldPass(exposure: Exposure, front: Front | undefined, candidate: Candidate): boolean {
  const service = withCandidate(exposure.service, candidate);
  const balancer = front && balancerOf(front);
  return (
    !balancer ||
    canPass(balancer.check(frontWith(front, service, exposure.workloads), service, exposure.workloads)) !==
      false
  );
}
