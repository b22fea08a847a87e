import {
  DEFAULT_SEED,
  DEFAULT_TRIALS,
  describeCluster,
  figure,
  fixed,
  groupFronts,
  isExternal,
  isReached,
  occupancies,
  shapesOf,
  unansweredWithoutPods,
  whyPodsUnknown,
  type Figure,
} from "../estimate";
import { clusterAssumptions } from "../estimate/cluster-assumptions";
import { externalPath, type DataPath } from "../estimate/data-path";
import { clientAddressOf } from "../balancers";
import {
  distinctStatements,
  findingResource,
  isUnknown,
  orElse,
  statementAt,
  type Exposure,
  type Front,
  type Service,
  type Statement,
  type TrafficPolicy,
  type Unanswered,
} from "../model";
import { describeCheck, kindOf, resetsWhenUnhealthy } from "./after";
import { notesOn, zoneNote } from "./notes";
import { groupOf, type Phase, UnknownPath } from "./phase";
import { policyWays } from "./policy-ways";
import { targetWays } from "./target-ways";
import { sayTransition } from "./texts";
import type {
  Transition,
  TransitionEnd,
  TransitionGoal,
  TransitionOptions,
  TransitionWay,
} from "./transition";
import { walker, type Walked } from "./walk";
import type { Ways } from "./ways";

/**
 * What switching a Service loses on the way, and how to do it without loss: one answer a front and cluster shape. None for a Service
 * that nothing outside reaches, and where neither its pods nor what makes them are in sight. Throws a `RangeError` where there is no
 * load balancer to switch, it has no such targets, or no pod serves.
 *
 * @example
 * const [switching] = transitions(exposure, "Local");
 * switching.atOnce.fullLossSeconds.mean; // 6: two of ten nodes have no pod, for the 30 s until that is noticed
 * switching.inOrder.steps.map(({ action }) => action);
 */
export function transitions(
  exposure: Exposure,
  to: TransitionGoal,
  options: TransitionOptions = {},
): readonly (Transition | Unanswered)[] {
  if (!isReached(exposure)) return [];
  if (isPolicy(to) && !isExternal(exposure.service))
    throw new RangeError("a Service that is not exposed itself has no externalTrafficPolicy");
  const podsUnknown = whyPodsUnknown(exposure);
  if (podsUnknown)
    return unansweredWithoutPods(
      exposure,
      "external",
      podsUnknown,
      (front) => externalPath(exposure, front).unknown,
    );
  return shapesOf(exposure.cluster).flatMap((cluster) => {
    const on = { ...exposure, cluster };
    const placements = placementsOn(on, options);
    if (placements.length === 0) return [];
    if (placements.every((pods) => pods.every((count) => count === 0)))
      throw new RangeError(
        `no pod of it serves on ${describeCluster(cluster)}, so everything is dropped before a switch and after it; wanted at least one`,
      );
    return groupFronts(on).map(({ front, ports }): Transition | Unanswered => {
      try {
        return transition(on, front, ports, to, placements, options);
      } catch (error) {
        if (!(error instanceof UnknownPath)) throw error;
        const service = findingResource(exposure.service.ref);
        return { answered: false, service, side: "external", ports, unknown: error.unknown };
      }
    });
  });
}

function isPolicy(to: TransitionGoal): to is TrafficPolicy {
  return to === "Cluster" || to === "Local";
}

type Pods = readonly number[];

/** Ready pods on each node: as they are where the source has endpoints, or else as the scheduler would place them. */
function placementsOn(
  { endpoints, ...exposure }: Exposure,
  { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: TransitionOptions,
): readonly Pods[] {
  const { cluster } = exposure;
  if (!endpoints || cluster.nodes.length === 0)
    return occupancies(exposure, cluster, { trials, seed }).map(({ podsOnNode }) => podsOnNode);
  const most = Object.values(endpoints).map((list) =>
    cluster.nodes.map(
      ({ name }) => list.filter((one) => one.nodeName === name && (one.ready ?? true)).length,
    ),
  );
  return [cluster.nodes.map((_, node) => Math.max(0, ...most.map((counts) => counts[node] ?? 0)))];
}

function transition(
  exposure: Exposure,
  front: Front | undefined,
  ports: readonly number[],
  to: TransitionGoal,
  placements: readonly Pods[],
  options: TransitionOptions,
): Transition {
  const { service, cluster } = exposure;
  const before = groupOf("old", exposure, front);
  const ways = isThere(service, front, to)
    ? nothingToDo(exposure, front)
    : isPolicy(to)
      ? policyWays(exposure, front, to, everyNodeHasPods(before.path, placements), options)
      : targetWays(exposure, frontToSwitch(front), to, options);
  const resets = front !== undefined && resetsWhenUnhealthy(front);
  const walked = (phases: readonly Phase[]): readonly Walked[] =>
    placements.map(walker(ways.start, phases, cluster.nodes, resets));
  const atOnce = walked(ways.atOnce);
  const after = groupOf("new", { ...exposure, service: ways.service }, ways.front);
  const inOrder = wayOf(ways.inOrder, walked(ways.inOrder));
  const ends = {
    before: endOf(
      service,
      front,
      over(atOnce, (one) => one.before),
    ),
    after: endOf(
      ways.service,
      ways.front,
      over(atOnce, (one) => one.after),
    ),
  };
  return {
    service: findingResource(service.ref),
    ports,
    to,
    cluster: describeCluster(cluster),
    trials: placements.length,
    seed: options.seed ?? DEFAULT_SEED,
    ...ends,
    atOnce: wayOf(ways.atOnce, atOnce),
    inOrder,
    notes: [...notesOn(exposure, ways, front, to, ends), ...zoneNote(inOrder, before, after)],
    assumptions: [...clusterAssumptions(exposure), ...assumptionsOf(before, after, ways)],
  };
}

function assumptionsOf(
  before: ReturnType<typeof groupOf>,
  after: ReturnType<typeof groupOf>,
  { assumptions }: Ways,
): readonly Statement[] {
  const timing = (group: typeof before, when: "before" | "afterwards"): readonly Statement[] =>
    group.lag.assumptions.map((statement) => statementAt(statement, when));
  const isSame = JSON.stringify(before.lag.assumptions) === JSON.stringify(after.lag.assumptions);
  return distinctStatements([
    ...before.assumptions,
    ...after.assumptions,
    ...(isSame ? before.lag.assumptions : [...timing(before, "before"), ...timing(after, "afterwards")]),
    ...assumptions,
    sayTransition("pods-stay"),
  ]);
}

function isThere(
  { externalTrafficPolicy = "Cluster" }: Service,
  front: Front | undefined,
  to: TransitionGoal,
): boolean {
  return isPolicy(to) ? orElse(externalTrafficPolicy, "Cluster") === to : front?.targets.value === to;
}

function nothingToDo(exposure: Exposure, front: Front | undefined): Ways {
  const group = groupOf("old", exposure, front);
  return {
    service: exposure.service,
    front,
    start: { groups: [group], active: "old" },
    atOnce: [],
    inOrder: [],
    assumptions: [],
  };
}

function frontToSwitch(front: Front | undefined): Front {
  if (!front)
    throw new RangeError(`no load balancer is known in front of it; what it sends to cannot be switched`);
  if (isUnknown(front.targets.value))
    throw new RangeError(
      `what the load balancer in front of it sends to is not known yet (${front.targets.value.path})`,
    );
  return front;
}

function everyNodeHasPods(path: DataPath, placements: readonly Pods[]): boolean {
  return (
    path.enters === "nodes" &&
    placements.every((pods) => path.registered.every((node) => (pods[node] ?? 0) > 0))
  );
}

function endOf(service: Service, front: Front | undefined, dropped: Figure): TransitionEnd {
  return {
    balancer: kindOf(front),
    externalTrafficPolicy: orElse(service.externalTrafficPolicy ?? "Cluster", "Cluster"),
    healthCheck: front ? describeCheck(front, service) : null,
    clientAddress: clientAddressOf(front, service),
    dropped,
  };
}

function wayOf(phases: readonly Phase[], walked: readonly Walked[]): TransitionWay {
  const ofStep = (index: number, of: (step: Walked["steps"][number]) => number): Figure =>
    over(walked, ({ steps }) => {
      const step = steps[index];
      return step ? of(step) : 0;
    });
  return {
    steps: phases.map(({ action, why }, index) => ({
      action,
      why,
      seconds: ofStep(index, (step) => step.seconds).worst,
      fullLossSeconds: ofStep(index, (step) => step.fullLossSeconds),
      dropped: ofStep(index, (step) => step.dropped),
    })),
    fullLossSeconds: over(walked, ({ steps }) => steps.reduce((sum, step) => sum + step.fullLossSeconds, 0)),
    dropped: over(walked, ({ steps }) => Math.max(0, ...steps.map((step) => step.dropped))),
    resets: over(walked, (one) => one.resets),
  };
}

function over(walked: readonly Walked[], of: (one: Walked) => number): Figure {
  return figure(walked.map(of), "high") ?? fixed(0);
}
