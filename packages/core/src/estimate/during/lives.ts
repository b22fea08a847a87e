import {
  isUnknown,
  orElse,
  type Cluster,
  type Exposure,
  type Node,
  type Service,
  type Statement,
  type Workload,
} from "../../model";
import type { ClusterEvent } from "../../placement";
// Past the index, which would load the exact scheduler as well: a start should be quick.
import { fullTiming, simulateCourses } from "../../placement/simulate/simulate";
import { DEFAULT_SEED, DEFAULT_TRIALS } from "../estimate";
import { sayEstimate } from "../texts";
import { servesWhileTerminating } from "../timing";
import type { DuringOptions } from "./disruption";
import { eventsOn } from "./events";
import { isGated, lagOf } from "./lag";
import { timelineOf, type Timeline } from "./timeline";

/** Pods that are simulated over all trials; with more pods there are fewer trials. */
const MOST_PODS = 40_000;
const FEWEST_TRIALS = 5;
/** Pods that are simulated in one trial at the most; each is a few hundred bytes and as many comparisons. */
const MOST_PODS_AT_ONCE = 20_000;

/** What becomes of the pods and nodes, trial by trial, and in what time. */
export interface Lives {
  readonly nodes: readonly Node[];
  readonly timelines: readonly Timeline[];
  /** What happens, with the nodes that are added. */
  readonly events: readonly ClusterEvent[];
  readonly timing: LifeTiming;
}

/** Of the first workload: several behind one Service are usually two colours of one. */
export interface LifeTiming {
  readonly readySeconds: number;
  readonly terminationSeconds: number;
  readonly servingSeconds: number;
}

/** See `deferred.ts`. */
export function livesOf(
  exposure: Pick<Exposure, "service" | "workloads" | "cluster" | "fronts">,
  { events: happening, timing = {}, budget, seed = DEFAULT_SEED, trials = DEFAULT_TRIALS }: DuringOptions,
): Lives {
  const { service, workloads, cluster, fronts } = exposure;
  const events = eventsOn(cluster, happening);
  const gateSeconds = Math.max(
    0,
    ...fronts.map((front) => (isGated(exposure, front) ? lagOf(front).recovery : 0)),
  );
  const nodes = [
    ...cluster.nodes,
    ...events.flatMap((event) => (event.kind === "addNodes" ? event.nodes : [])),
  ];
  const tried = Math.min(trials, trialsFor(workloads, cluster, events));
  const each = workloads.map((workload) => {
    const full = fullTiming({ timing, workload, cluster });
    const servingSeconds = Math.min(
      timing.servingSeconds ?? servesWhileTerminating(workload, service.ports),
      full.terminationSeconds,
    );
    const readySeconds = full.readySeconds + gateSeconds;
    const courses = simulateCourses({
      workload,
      replicas: orElse(workload.replicas.count, 1),
      services: servicesOf(service),
      cluster,
      events,
      budget,
      seed,
      trials: tried,
      timing: { ...full, readySeconds },
    });
    return { courses, timing: { ...full, readySeconds, servingSeconds } };
  });
  const timelines = Array.from({ length: tried }, (_, trial) =>
    timelineOf(
      nodes,
      each.flatMap(({ courses, timing: { servingSeconds } }) => {
        const course = courses[trial];
        return course ? [{ course, servingSeconds }] : [];
      }),
    ),
  );
  const [first] = each;
  return {
    nodes,
    timelines,
    events,
    timing: first?.timing ?? { readySeconds: 0, terminationSeconds: 0, servingSeconds: 0 },
  };
}

function servicesOf({ ref, selector }: Service) {
  return selector === undefined || isUnknown(selector)
    ? []
    : [{ namespace: ref.namespace ?? "default", selector }];
}

function trialsFor(
  workloads: readonly Workload[],
  cluster: Cluster,
  events: readonly ClusterEvent[],
): number {
  const scaled = events.flatMap((event) => (event.kind === "scale" ? [event.replicas] : []));
  const pods = workloads.reduce(
    (sum, { runs, replicas }) =>
      sum + (runs === "everyNode" ? cluster.nodes.length : Math.max(orElse(replicas.count, 1), ...scaled)),
    0,
  );
  if (pods > MOST_PODS_AT_ONCE)
    throw new RangeError(`${pods} pods: at most ${MOST_PODS_AT_ONCE} can be followed through events`);
  return Math.max(FEWEST_TRIALS, Math.floor(MOST_PODS / Math.max(1, pods)));
}

/** Reported where there were fewer trials than asked for. */
export function fewerTrials(asked: number, { timelines }: Lives): readonly Statement[] {
  return timelines.length < asked ? [sayEstimate("fewer-trials", { trials: timelines.length })] : [];
}
