import { balancerOf, clientAddressOf } from "../balancers";
import { findingResource, isUnknown, unknownAt, type Exposure } from "../model";
import type { Placement } from "../placement";
import { clusterAssumptions } from "./cluster-assumptions";
import { externalPath, groundOf, internalPath, type PathAnswer } from "./data-path";
import { DEFAULT_SEED, DEFAULT_TRIALS, type Estimate, type EstimateOptions } from "./estimate";
import { figure, fixed } from "./figure";
import { groupFronts, hasClusterIP, isReached, knownPorts, policyOf, type FrontGroup } from "./fronts";
import { manyAssumptions } from "./many";
import { occupancies } from "./placements";
import { whyPodsUnknown } from "./pods-known";
import { reuseOf } from "./reuse";
import { describeCluster, shapesOf } from "./shapes";
import { alike, figuresOf, sharesOf, typical } from "./summarise";
import { deregistrationAssumed, timingOf } from "./timing";
import { trialsOf, type Trial } from "./trial";
import { agreed, type SideFigures } from "./unknown-figures";

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

/** One side alone, for callers that evaluate it many times. */
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
    sideOf(base, "external", externalPath(base.exposure, group.front), group),
  );
}

function internalSide(base: Base): readonly Estimate[] {
  const { service } = base.exposure;
  if (!hasClusterIP(service)) return [];
  return [
    sideOf(base, "internal", internalPath(base.exposure), { front: undefined, ports: knownPorts(service) }),
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
  { possible, assumptions, unknown }: PathAnswer,
  { front, ports }: FrontGroup,
): Estimate {
  const { service, cluster } = exposure;
  const ground = groundOf(cluster.nodes);
  const podsUnknown = whyPodsUnknown(exposure);
  const ways = (podsUnknown ? [] : possible).map((path): Way => {
    const tried = trialsOf(path, cluster.nodes, ground);
    const outcomes = placements.flatMap((placement) =>
      tried(placement.podsOnNode).map((trial) => ({ ...trial, placement })),
    );
    const middle = outcomes[typical(outcomes)];
    const shares = middle ? sharesOf(middle.placement.podsOnNode, middle, cluster.nodes) : [];
    return { outcomes, figures: { ...figuresOf(outcomes), shares } };
  });
  const pods = Math.max(
    0,
    ...placements.map(({ podsOnNode, pending }) => podsOnNode.reduce((a, b) => a + b, pending)),
  );
  const { targets, targetsHealthy, ...figures } = agreed(
    ways.map((way) => way.figures),
    nodesWithPods(placements),
  );
  const schedulerMessage = placements.find(({ why }) => why !== undefined)?.why;
  const [only, ...others] = ways;
  const isExternal = side === "external";
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
    pods: podsUnknown ? unknownAt("pods") : pods,
    pending: podsUnknown
      ? unknownAt("pending")
      : (figure(
          placements.map(({ pending }) => pending),
          "high",
        ) ?? fixed(0)),
    ...(schedulerMessage === undefined ? {} : { schedulerMessage }),
    ...figures,
    ...(podsUnknown ? { nodesServing: unknownAt("nodesServing") } : {}),
    ...(isExternal
      ? {
          targetsHealthy,
          // Pods that wait for a node are no targets yet, but they are among those that the Service is to have.
          targets:
            possible.every(({ enters }) => enters === "pods") && !isUnknown(targets) ? fixed(pods) : targets,
        }
      : {}),
    clientAddress: isExternal ? clientAddressOf(front, service) : { sees: "client", via: "peer" },
    ...(isExternal ? timingOf(exposure, front, ports) : {}),
    ...(connections === undefined || !only || others.length > 0 ? {} : reuse(connections, only.outcomes)),
    assumptions: [
      ...assumptions,
      ...(isExternal ? deregistrationAssumed(front) : []),
      ...clusterAssumptions(exposure),
      ...manyAssumptions(exposure, placements),
    ],
    unknown: [...(podsUnknown ? [podsUnknown] : []), ...unknown],
  };
}

interface Way {
  readonly outcomes: readonly (Trial & { readonly placement: Placement })[];
  readonly figures: SideFigures;
}

function nodesWithPods(placements: readonly Placement[]): SideFigures["nodesServing"] {
  const serving = placements.map(({ podsOnNode }) =>
    podsOnNode.reduce((count, n) => count + (n > 0 ? 1 : 0), 0),
  );
  return figure(serving, "low") ?? fixed(0);
}

function reuse(connections: number, outcomes: Way["outcomes"]): Pick<Estimate, "reuse"> {
  const placed = outcomes.map(({ spread, placement }) => alike(placement.podsOnNode, spread));
  const found = reuseOf(connections, placed);
  return found ? { reuse: found } : {};
}
