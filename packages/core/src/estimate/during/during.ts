import { balancerOf } from "../../balancers/known";
import { findingResource, type Exposure } from "../../model";
import { DEFAULT_SEED, DEFAULT_TRIALS, type Estimate } from "../estimate";
import { groupFronts, hasClusterIP, isReached, knownPorts, policyOf, type FrontGroup } from "../fronts";
import { externalPlan, internalPlan } from "../plan";
import { describeCluster, shapesOf } from "../shapes";
import { assumptionsOf } from "./assume";
import { coursesOf, type Side } from "./course";
import type { Disruption, DuringOptions } from "./disruption";
import { describeEvent } from "./events";
import { isGated, lagOf, zoneSecondsOf } from "./lag";
import { fewerTrials, livesOf, type Lives } from "./lives";
import { disruptionFigures, typicalCourse } from "./summarise";

/** See `deferred.ts`. */
export function estimateDuring(exposure: Exposure, options: DuringOptions): readonly Disruption[] {
  if (exposure.workloads.length === 0) return [];
  return shapesOf(exposure.cluster).flatMap((cluster) => {
    const on = { ...exposure, cluster };
    return duringOn(on, livesOf(on, options), options);
  });
}

/** See `deferred.ts`. */
export function duringOn(exposure: Exposure, lives: Lives, options: DuringOptions): readonly Disruption[] {
  const { service } = exposure;
  // Who enters by which node is asked with all nodes that there will ever be; when each is there, the timelines say.
  const later = { ...exposure, cluster: { ...exposure.cluster, nodes: lives.nodes } };
  const base = { exposure, lives, options };
  const external = (): readonly Disruption[] =>
    groupFronts(exposure).map((group) => {
      const { front } = group;
      const { plan, assumptions } = externalPlan(later, front);
      const lag = lagOf(front, options.timing?.deregistrationSeconds);
      const zoneSeconds = zoneSecondsOf(front);
      const side = { plan, lag, gated: isGated(exposure, front), zoneSeconds };
      return sideOf(base, "external", side, assumptions, group);
    });
  const internal = (): readonly Disruption[] => {
    const { plan, assumptions } = internalPlan(later);
    const ports = { front: undefined, ports: knownPorts(service) };
    return [
      sideOf(base, "internal", { plan, lag: undefined, gated: false, zoneSeconds: 0 }, assumptions, ports),
    ];
  };
  return [
    ...(isReached(exposure) && options.side !== "internal" ? external() : []),
    ...(hasClusterIP(service) && options.side !== "external" ? internal() : []),
  ];
}

interface Base {
  readonly exposure: Exposure;
  readonly lives: Lives;
  readonly options: DuringOptions;
}

function sideOf(
  { exposure, lives, options }: Base,
  name: Estimate["side"],
  side: Side,
  planned: readonly string[],
  { front, ports }: FrontGroup,
): Disruption {
  const { service, cluster } = exposure;
  const { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED } = options;
  const courses = lives.timelines.map(coursesOf(side, lives.nodes));
  const why = lives.timelines.find((one) => one.why !== undefined)?.why;
  return {
    service: findingResource(service.ref),
    side: name,
    balancer: (front && balancerOf(front)?.kind) ?? null,
    ports,
    policy: policyOf(service),
    cluster: describeCluster(cluster),
    trials: lives.timelines.length,
    seed,
    events: lives.events.map(describeEvent),
    pods: Math.max(...courses.map(({ pods }) => pods)),
    ...disruptionFigures(courses),
    ...(why === undefined ? {} : { why }),
    course: typicalCourse(courses),
    assumptions: [
      ...assumptionsOf(exposure, side, planned, lives.events, lives.timing, options.budget),
      ...fewerTrials(trials, lives),
    ],
  };
}
