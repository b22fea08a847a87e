import { zoneOf, type Node } from "../../model";
import type { DataPath } from "../data-path";
import type { Moment } from "./disruption";
import { flowsOverNodes, flowsOverPods, type Entrance, type Flow, type PodEntrance } from "./flow";
import type { Lag } from "./lag";
import type { Endpoints, Timeline } from "./timeline";
import { watchNodes, watchPods } from "./watch";
import { lessStale, withStaleZones, zonesAt, type Zoned } from "./zones";

/** One trial of one side: its moments, and what they come to. */
export interface CourseOf {
  readonly moments: readonly Moment[];
  readonly pods: number;
  readonly hottest?: number;
  readonly peakLoad?: number;
  readonly nodesServing: number;
  readonly pending: number;
  readonly dropped: number;
  readonly fullLossSeconds: number;
  readonly droppingSeconds: number;
  readonly settledSeconds: number;
}

/** How connections of one side come to the pods, and how late the load balancer follows; no lag where clients connect by themselves. */
export interface Side {
  readonly path: DataPath;
  readonly lag: Lag | undefined;
  readonly gated: boolean;
  /** For which clients still connect to a zone that has lost its last target. */
  readonly zoneSeconds: number;
}

/** Follows trials on one path, one at a time; what does not vary over them is worked out once. */
export function coursesOf(
  { path, lag, gated, zoneSeconds }: Side,
  nodes: readonly Node[],
): (timeline: Timeline) => CourseOf {
  const zones = nodes.map(zoneOf);
  if (path.enters === "pods") {
    const flow = flowsOverPods(path, nodes);
    const zonesOf = ({ entered }: PodEntrance) =>
      zonesAt(
        zones,
        entered.flatMap((pods, node) => (pods > 0 ? [node] : [])),
      );
    return (timeline) => {
      const watched = lag ? watchPods(path, timeline, lag, gated) : [];
      return courseOf(timeline, flowing(withStaleZones(watched, zonesOf, zoneSeconds), flow));
    };
  }
  const flow = flowsOverNodes(path, nodes);
  const zonesOf = ({ entered }: Entrance) => zonesAt(zones, entered);
  return (timeline) => {
    const watched = watchNodes(path, timeline, lag);
    return courseOf(timeline, flowing(withStaleZones(watched, zonesOf, zoneSeconds), flow));
  };
}

function flowing<T extends { readonly endpoints: Endpoints }>(
  zoned: readonly Zoned<T>[],
  flow: (entrance: T) => Flow,
): readonly Flowing[] {
  return zoned.map(({ at, entrance, stale }) => ({
    at,
    ready: entrance.endpoints.ready,
    flow: lessStale(flow(entrance), stale),
  }));
}

interface Flowing {
  readonly at: number;
  readonly ready: readonly number[];
  readonly flow: Flow;
}

function courseOf({ pending }: Timeline, flowing: readonly Flowing[]): CourseOf {
  const moments: Moment[] = [];
  const pods = flowing[0]?.flow.receivers ?? 0;
  let peakLoad: number | undefined;
  for (const { at, ready, flow } of flowing) {
    const { dropped, most, receivers, nodesServing } = flow;
    const arrives = receivers > 0 && dropped < 1;
    if (arrives && pods > 0) peakLoad = Math.max(peakLoad ?? 0, most * pods);
    moments.push({
      at,
      ready: ready.reduce((sum, count) => sum + count, 0),
      nodesServing,
      pending: pending.findLast((one) => one.at <= at)?.pods ?? 0,
      dropped,
      ...(arrives ? { hottest: (most * receivers) / (1 - dropped) } : {}),
    });
  }
  const heat = moments.flatMap(({ hottest }) => hottest ?? []);
  const seconds = secondsOf(moments);
  return {
    moments: moments.filter(isNew),
    pods,
    ...(heat.length > 0 ? { hottest: Math.max(...heat) } : {}),
    ...(peakLoad === undefined ? {} : { peakLoad }),
    nodesServing: Math.min(...moments.map((one) => one.nodesServing)),
    pending: Math.max(...pending.map((one) => one.pods)),
    dropped: Math.max(...moments.map((one) => one.dropped)),
    ...seconds,
  };
}

function secondsOf(
  moments: readonly Moment[],
): Pick<CourseOf, "fullLossSeconds" | "droppingSeconds" | "settledSeconds"> {
  let fullLossSeconds = 0;
  let droppingSeconds = 0;
  moments.forEach(({ at, dropped }, index) => {
    // The last moment lasts for ever: it is the state afterwards, and no loss of the events.
    const from = Math.max(at, 0);
    const seconds = (moments[index + 1]?.at ?? from) - from;
    fullLossSeconds += dropped * seconds;
    if (dropped > 0) droppingSeconds += seconds;
  });
  return { fullLossSeconds, droppingSeconds, settledSeconds: Math.max(0, moments.at(-1)?.at ?? 0) };
}

function isNew(one: Moment, index: number, moments: readonly Moment[]): boolean {
  const before = moments[index - 1];
  return !before || JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...one, at: 0 });
}
