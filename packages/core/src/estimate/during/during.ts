import { balancerOf } from "../../balancers";
import { findingResource, type Exposure, type Statement, type Unanswered } from "../../model";
import { externalPath, internalPath, type PathAnswer } from "../data-path";
import { DEFAULT_SEED, DEFAULT_TRIALS, type Estimate } from "../estimate";
import { groupFronts, hasClusterIP, isReached, knownPorts, policyOf, type FrontGroup } from "../fronts";
import { describeCluster, shapesOf } from "../shapes";
import { unansweredWithoutPods, whyPlacementUnknown } from "../pods-known";
import { assumptionsOf } from "./assume";
import { coursesOf, type Side } from "./course";
import type { Disruption, DuringOptions } from "./disruption";
import { describeEvent } from "./events";
import { isGated, lagOf, zoneSecondsOf } from "./lag";
import { fewerTrials, livesOf, type Lives } from "./lives";
import { disruptionFigures, typicalCourse } from "./summarise";

/** See `deferred.ts`. */
export function estimateDuring(
  exposure: Exposure,
  options: DuringOptions,
): readonly (Disruption | Unanswered)[] {
  const podsUnknown = whyPlacementUnknown(exposure);
  if (podsUnknown) {
    const external = isReached(exposure) && options.side !== "internal";
    const internal = hasClusterIP(exposure.service) && options.side !== "external";
    return [
      ...(external ? unansweredWithoutPods(exposure, "external", podsUnknown, unknownOf(exposure)) : []),
      ...(internal ? unansweredWithoutPods(exposure, "internal", podsUnknown) : []),
    ];
  }
  return shapesOf(exposure.cluster).flatMap((cluster) => {
    const on = { ...exposure, cluster };
    return duringOn(on, livesOf(on, options), options);
  });
}

/** See `deferred.ts`. */
export function duringOn(
  exposure: Exposure,
  lives: Lives,
  options: DuringOptions,
): readonly (Disruption | Unanswered)[] {
  const { service } = exposure;
  // Which nodes can be entered is asked with all nodes that there will ever be; when each is there, the timelines say.
  const later = { ...exposure, cluster: { ...exposure.cluster, nodes: lives.nodes } };
  const base = { exposure, lives, options };
  const external = (): readonly (Disruption | Unanswered)[] =>
    groupFronts(exposure).map((group) => {
      const { front } = group;
      const rest = {
        lag: lagOf(front, options.timing?.deregistrationSeconds),
        gated: isGated(exposure, front),
        zoneSeconds: zoneSecondsOf(front),
      };
      return answerFor(base, "external", externalPath(later, front), rest, group);
    });
  const internal = (): readonly (Disruption | Unanswered)[] => {
    const ports = { front: undefined, ports: knownPorts(service) };
    const rest = { lag: undefined, gated: false, zoneSeconds: 0 };
    return [answerFor(base, "internal", internalPath(later), rest, ports)];
  };
  return [
    ...(isReached(exposure) && options.side !== "internal" ? external() : []),
    ...(hasClusterIP(service) && options.side !== "external" ? internal() : []),
  ];
}

function unknownOf(exposure: Exposure): (front: FrontGroup["front"]) => readonly Statement[] {
  return (front) => externalPath(exposure, front).unknown;
}

/** Events are followed on one path; what may go on several, or on none that is known, has no answer. */
function answerFor(
  base: Base,
  side: Estimate["side"],
  { possible, assumptions, unknown }: PathAnswer,
  rest: Omit<Side, "path">,
  group: FrontGroup,
): Disruption | Unanswered {
  const [path, ...others] = possible;
  if (path && others.length === 0) return sideOf(base, side, { path, ...rest }, assumptions, group);
  const service = findingResource(base.exposure.service.ref);
  return { answered: false, service, side, ports: group.ports, unknown };
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
  ofPath: readonly Statement[],
  { front, ports }: FrontGroup,
): Disruption {
  const { service, cluster } = exposure;
  const { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED } = options;
  const courses = lives.timelines.map(coursesOf(side, lives.nodes));
  const schedulerMessage = lives.timelines.find(({ why }) => why !== undefined)?.why;
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
    ...(schedulerMessage === undefined ? {} : { schedulerMessage }),
    course: typicalCourse(courses),
    assumptions: [
      ...assumptionsOf(exposure, side, ofPath, lives.events, lives.timing, options.budget),
      ...fewerTrials(trials, lives),
    ],
  };
}
