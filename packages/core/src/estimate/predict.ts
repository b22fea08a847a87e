import { balancerOf } from "../balancers/known";
import { findingResource, type Exposure } from "../model";
import type { Placement } from "../placement";
import { clientAddress } from "./client-address";
import { clusterAssumptions } from "./cluster-assumptions";
import { DEFAULT_SEED, DEFAULT_TRIALS, type Estimate, type EstimateOptions } from "./estimate";
import { figure, fixed } from "./figure";
import { groupFronts, hasClusterIP, isReached, knownPorts, policyOf, type FrontGroup } from "./fronts";
import { manyAssumptions } from "./many";
import { occupancies } from "./placements";
import { externalPlan, groundOf, internalPlan, type PlanWithAssumptions } from "./plan";
import { describeCluster, shapesOf } from "./shapes";
import { figuresOf, sharesOf, typical } from "./summarise";
import { reuseOf } from "./reuse";
import { timingOf } from "./timing";
import { trialsOf, type Trial } from "./trial";

/**
 * Predicts both sides of an exposure: for each front (equal ones together) the external side, then the internal one; for each
 * cluster shape, since without a cluster three sizes are answered for.
 */
export function predict(exposure: Exposure, options: EstimateOptions = {}): readonly Estimate[] {
  const { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED } = options;
  return shapesOf(exposure.cluster).flatMap((cluster) => {
    const placements = occupancies(exposure, cluster, { trials, seed });
    return estimateOn({ ...exposure, cluster }, placements, { ...options, trials, seed });
  });
}

/** The same on placements that are already at hand. */
export function estimateOn(
  exposure: Exposure,
  placements: readonly Placement[],
  { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED, connections }: EstimateOptions = {},
): readonly Estimate[] {
  const base = { exposure, placements, trials, seed, connections };
  return [...externalSides(base), ...internalSide(base)];
}

/** One side alone, for callers that weigh it many times. */
export function estimateSide(
  side: Estimate["side"],
  exposure: Exposure,
  placements: readonly Placement[],
  { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: EstimateOptions = {},
): readonly Estimate[] {
  const base = { exposure, placements, trials, seed };
  return side === "external" ? externalSides(base) : internalSide(base);
}

function externalSides(base: Base): readonly Estimate[] {
  if (!isReached(base.exposure)) return [];
  return groupFronts(base.exposure).map((group) =>
    sideOf(base, "external", externalPlan(base.exposure, group.front), group),
  );
}

function internalSide(base: Base): readonly Estimate[] {
  const { service } = base.exposure;
  if (!hasClusterIP(service)) return [];
  return [
    sideOf(base, "internal", internalPlan(base.exposure), { front: undefined, ports: knownPorts(service) }),
  ];
}

interface Base {
  readonly exposure: Exposure;
  readonly placements: readonly Placement[];
  readonly trials: number;
  readonly seed: number;
  readonly connections?: number;
}

function sideOf(
  { exposure, placements, trials, seed, connections }: Base,
  side: Estimate["side"],
  { plan, assumptions }: PlanWithAssumptions,
  { front, ports }: FrontGroup,
): Estimate {
  const { service, cluster } = exposure;
  const tried = trialsOf(plan, cluster.nodes, groundOf(cluster.nodes));
  const outcomes = placements.map(({ podsOnNode }) => tried(podsOnNode));
  const middle = typical(outcomes);
  const shown = placements[middle];
  const { targetsHealthy, ...figures } = figuresOf(outcomes);
  const pods = Math.max(
    0,
    ...placements.map(({ podsOnNode, pending }) => podsOnNode.reduce((a, b) => a + b, pending)),
  );
  const why = placements.find((one) => one.why !== undefined)?.why;
  return {
    service: findingResource(service.ref),
    side,
    balancer: (front && balancerOf(front)?.kind) ?? null,
    ports,
    policy: policyOf(service),
    basis: "predicted",
    cluster: describeCluster(cluster),
    trials: placements.length > 0 ? placements.length : trials,
    seed,
    pods,
    pending:
      figure(
        placements.map(({ pending }) => pending),
        "high",
      ) ?? fixed(0),
    ...(why === undefined ? {} : { why }),
    ...figures,
    ...(side === "external"
      ? { targetsHealthy, targets: fixed(plan.enters === "pods" ? pods : plan.registered.length) }
      : {}),
    clientAddress: side === "external" ? clientAddress(service, front) : { sees: "client", via: "peer" },
    ...(side === "external" ? timingOf(exposure, front, ports) : {}),
    ...(connections === undefined ? {} : reuse(connections, placements, outcomes)),
    shares: shown && outcomes[middle] ? sharesOf(shown.podsOnNode, outcomes[middle], cluster.nodes) : [],
    assumptions: [...assumptions, ...clusterAssumptions(exposure), ...manyAssumptions(exposure, placements)],
  };
}

function reuse(
  connections: number,
  placements: readonly Placement[],
  outcomes: readonly Trial[],
): Pick<Estimate, "reuse"> {
  const placed = placements.map(({ podsOnNode }, trial) =>
    podsOnNode.map((pods, node) => ({
      pods,
      share: pods === 0 ? 0 : (outcomes[trial]?.spread.toNode[node] ?? 0) / pods,
    })),
  );
  const found = reuseOf(connections, placed);
  return found ? { reuse: found } : {};
}
