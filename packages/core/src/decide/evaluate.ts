import { balancerOf } from "../balancers";
import { estimateOn, healthView, type Estimate } from "../estimate";
import { byDefault, type Cluster, type Exposure, type Front, type HealthCheck, type Service } from "../model";
import type { Placement } from "../placement";
import { withCandidate, type Candidate } from "./candidate";

/** One cluster shape (later also one replica count) that a decision must hold in, with its placements. */
export interface Scenario {
  readonly cluster: Cluster;
  readonly placements: readonly Placement[];
}

export interface Evaluation {
  readonly candidate: Candidate;
  /** One external estimate a scenario, in their order. */
  readonly estimates: readonly Estimate[];
}

/**
 * What the candidate comes to in every scenario, with the health check wired as it should be for it: a decision about the policy
 * must not be decided by a check that the switch would have to change anyway.
 */
export function evaluateCandidate(
  exposure: Exposure,
  front: Front | undefined,
  candidate: Candidate,
  scenarios: readonly Scenario[],
  options: { readonly trials: number; readonly seed: number },
): Evaluation {
  const service = withCandidate(exposure.service, candidate);
  const fronts = front ? [wired(front, service)] : [];
  return {
    candidate,
    estimates: scenarios.flatMap(({ cluster, placements }) =>
      estimateOn({ ...exposure, service, fronts, cluster }, placements, options).filter(
        ({ side }) => side === "external",
      ),
    ),
  };
}

/**
 * Whether any target could pass the health check that goes with the candidate. Where none can (a PROXY header on a port that does not
 * parse it), the balancer fails open: nothing may be lost today, and nobody notices a node that fails.
 */
export function couldPass(exposure: Exposure, front: Front | undefined, candidate: Candidate): boolean {
  const service = withCandidate(exposure.service, candidate);
  return healthView(service, front && wired(front, service)).passing !== "none";
}

function wired(front: Front, service: Service): Front {
  const balancer = balancerOf(front);
  if (!balancer || !front.healthCheck) return front;
  const wish = balancer.healthCheckFor(service).recommended;
  const at = front.healthCheck.protocol.at;
  const healthCheck: HealthCheck = {
    protocol: byDefault(wish.protocol, at),
    port: byDefault(wish.port, at),
    intervalSeconds: byDefault(wish.intervalSeconds, at),
    timeoutSeconds: byDefault(wish.timeoutSeconds, at),
    healthyThreshold: byDefault(wish.healthyThreshold, at),
    unhealthyThreshold: byDefault(wish.unhealthyThreshold, at),
  };
  return { ...front, healthCheck };
}
