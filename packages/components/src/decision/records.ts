import {
  candidateName,
  type Candidate,
  type Decision as CoreDecision,
  type Pin,
} from "@evenkeel/core/decide";
import { orElse, type Exposure } from "@evenkeel/core/model";
import type { Figure as CoreFigure, KnownEstimate } from "@evenkeel/core/estimate";
import type { Decision, Estimate, Figure, Fix, InternalDecision, Pinned, Comparison } from "../outputs";

/** A decision about clients outside, as the component's output says it. */
export function decisionRecord(decision: CoreDecision, exposure: Exposure, chosen: boolean): Decision {
  const policy = chosen ? decision.chosen : givenPolicy(exposure);
  return {
    externalTrafficPolicy: policy.externalTrafficPolicy,
    ...compared(decision, policy, chosen),
  };
}

/** A decision about clients inside, as the component's output says it. */
export function internalDecisionRecord(
  decision: CoreDecision,
  exposure: Exposure,
  chosen: boolean,
): InternalDecision {
  const internalTrafficPolicy = orElse(exposure.service.internalTrafficPolicy, "Cluster");
  const policy = chosen ? decision.chosen : { ...givenPolicy(exposure), internalTrafficPolicy };
  return {
    internalTrafficPolicy: policy.internalTrafficPolicy ?? internalTrafficPolicy,
    ...compared(decision, policy, chosen),
  };
}

function givenPolicy({ service }: Exposure): Candidate {
  return {
    externalTrafficPolicy: orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster"),
    trafficDistribution: orElse(service.trafficDistribution ?? null, null),
  };
}

/** What was compared: for a policy that was given, how that one stands. */
function compared(decision: CoreDecision, policy: Candidate, chosen: boolean): Comparison {
  const name = candidateName(policy);
  const own = decision.rejected.filter(({ candidate }) => candidateName(candidate) === name);
  const other = candidateName(decision.chosen);
  const why = chosen
    ? decision.why.map(({ sentence }) => sentence)
    : [`${name} is given`, ...(other === name ? [] : [`Auto would choose ${other}`])];
  return {
    ...(policy.trafficDistribution ? { trafficDistribution: policy.trafficDistribution } : {}),
    chosen,
    met: own.length === 0,
    why,
    rejected: (chosen ? decision.rejected : own).map(
      ({ candidate, why }) => `${candidateName(candidate)}: ${why.sentence}`,
    ),
    ...(chosen && decision.pin ? { pinned: pinned(decision.pin) } : {}),
    fixes: decision.fixes.map((fix): Fix => ({
      policy: candidateName(fix.for),
      change: fix.change.sentence,
      effect: fix.effect.sentence,
    })),
    clusters: [...decision.clusters],
    trials: decision.trials,
    seed: decision.seed,
  };
}

function pinned({ candidate, kept, better }: Pin): Pinned {
  return {
    policy: candidateName(candidate),
    kept,
    ...(better ? { better: candidateName(better.candidate), betterBy: rounded(better.by) } : {}),
  };
}

export function estimateRecord(estimate: KnownEstimate): Estimate {
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
    assumptions: estimate.assumptions.map(({ sentence }) => sentence),
  };
}

function figure({ mean, p95, worst }: CoreFigure): Figure {
  return { mean: rounded(mean), p95: rounded(p95), worst: rounded(worst) };
}

/** Four decimals say all that so many placements can; what lies beyond is noise of the arithmetic. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
