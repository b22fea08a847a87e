import { candidateName, type Candidate, type Decision as CoreDecision } from "@evenkeel/core/decide";
import { orElse, type Exposure } from "@evenkeel/core/model";
import type { Estimate as CoreEstimate, Figure as CoreFigure } from "@evenkeel/core/estimate";
import type { Decision, Estimate, Figure, Fix } from "../outputs";

/** The decision as the component's output says it: for a policy that was given, how that one stands. */
export function decisionRecord(decision: CoreDecision, { service }: Exposure, chosen: boolean): Decision {
  const policy: Candidate = chosen
    ? decision.chosen
    : {
        externalTrafficPolicy: orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster"),
        trafficDistribution: orElse(service.trafficDistribution ?? null, null),
      };
  const name = candidateName(policy);
  const own = decision.rejected.filter(({ candidate }) => candidateName(candidate) === name);
  const other = candidateName(decision.chosen);
  const why = chosen
    ? decision.why
    : [`${name} is given`, ...(other === name ? [] : [`Auto would choose ${other}`])];
  return {
    externalTrafficPolicy: policy.externalTrafficPolicy,
    ...(policy.trafficDistribution ? { trafficDistribution: policy.trafficDistribution } : {}),
    chosen,
    met: own.length === 0,
    why: [...why],
    rejected: (chosen ? decision.rejected : own).map(({ sentence }) => sentence),
    fixes: decision.fixes.map((fix): Fix => ({
      policy: candidateName(fix.for),
      change: fix.change,
      effect: fix.effect,
    })),
    clusters: [...decision.clusters],
    trials: decision.trials,
    seed: decision.seed,
  };
}

export function estimateRecord(estimate: CoreEstimate): Estimate {
  const {
    side,
    ports,
    cluster,
    pods,
    hottest,
    usableCapacity,
    targetsHealthy,
    detectionSeconds,
    lossSeconds,
  } = estimate;
  return {
    side,
    ports: [...ports],
    cluster,
    pods,
    pending: figure(estimate.pending),
    ...(hottest ? { hottest: figure(hottest) } : {}),
    ...(usableCapacity ? { usableCapacity: figure(usableCapacity) } : {}),
    nodesServing: figure(estimate.nodesServing),
    ...(targetsHealthy ? { targetsHealthy: figure(targetsHealthy) } : {}),
    dropped: figure(estimate.dropped),
    crossNode: figure(estimate.crossNode),
    crossZone: figure(estimate.crossZone),
    clientAddress: estimate.clientAddress.sees,
    ...(detectionSeconds === undefined ? {} : { detectionSeconds }),
    ...(lossSeconds === undefined ? {} : { lossSeconds }),
    assumptions: [...estimate.assumptions],
  };
}

function figure({ mean, p95, worst }: CoreFigure): Figure {
  return { mean: rounded(mean), p95: rounded(p95), worst: rounded(worst) };
}

/** Four decimals say all that so many placements can; what lies beyond is noise of the arithmetic. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
