import type { Node } from "../../model";
import type { Course, NodeLife } from "../../placement";

/** A pod on its way, by the index of its node; seconds since the first event. */
export interface Target {
  readonly node: number;
  readonly readyFrom: number;
  readonly readyUntil: number;
  /** Until when it is listed as serving, ready or terminating. */
  readonly servesUntil: number;
  /** Until when it really answers: no longer than its node is there. */
  readonly answersUntil: number;
}

/** Endpoints on each node, by index, from one moment until the next in which any of it changes. */
export interface Endpoints {
  readonly at: number;
  readonly ready: readonly number[];
  /** On their way out and still serving: what kube-proxy falls back on. */
  readonly terminating: readonly number[];
}

/** One trial as the traffic meets it. The first entry of `endpoints` is the state at rest before the first event. */
export interface Timeline {
  readonly nodes: readonly NodeLife[];
  readonly targets: readonly Target[];
  readonly endpoints: readonly Endpoints[];
  /** Pods without a node from each moment on. */
  readonly pending: readonly { readonly at: number; readonly pods: number }[];
  readonly why?: string;
}

/** The time of the state at rest before the first event; everything that is there then began long before. */
const BEFORE = -1;

/** The workloads behind one Service together, in one trial. Each has its own course over the same nodes. */
export function timelineOf(
  nodes: readonly Node[],
  courses: readonly { readonly course: Course; readonly servingSeconds: number }[],
): Timeline {
  const lives = courses[0]?.course.nodes ?? [];
  const position = new Map(nodes.map(({ name }, index) => [name, index]));
  const targets = courses.flatMap(({ course, servingSeconds }) =>
    course.pods.flatMap((pod): Target[] => {
      const node = position.get(pod.node);
      const life = node === undefined ? undefined : lives[node];
      if (node === undefined || !life || pod.readyFrom === Infinity) return [];
      const servesUntil = Math.max(
        pod.readyUntil,
        Math.min(pod.readyUntil + servingSeconds, pod.gone, life.noticed),
      );
      const { readyFrom, readyUntil } = pod;
      return [{ node, readyFrom, readyUntil, servesUntil, answersUntil: Math.min(servesUntil, life.lost) }];
    }),
  );
  const steps = courses.flatMap(({ course }) => course.steps);
  return {
    nodes: lives,
    targets,
    endpoints: endpointsOver(nodes.length, targets, [
      ...lives.flatMap(({ added, cordoned, lost, noticed }) => [added, cordoned, lost, noticed]),
      ...steps.map(({ at }) => at),
    ]),
    pending: pendingOf(courses.map(({ course }) => course)),
    why: steps.flatMap(({ why }) => why ?? [])[0],
  };
}

function endpointsOver(
  size: number,
  targets: readonly Target[],
  others: readonly number[],
): readonly Endpoints[] {
  const times = [
    ...targets.flatMap((one) => [one.readyFrom, one.readyUntil, one.servesUntil, one.answersUntil]),
    ...others,
  ];
  return [BEFORE, ...moments(times)].map((at) => {
    const ready = new Array<number>(size).fill(0);
    const terminating = new Array<number>(size).fill(0);
    for (const { node, readyFrom, readyUntil, servesUntil } of targets) {
      if (at < readyFrom || at >= servesUntil) continue;
      const counts = at < readyUntil ? ready : terminating;
      counts[node] = (counts[node] ?? 0) + 1;
    }
    return { at, ready, terminating };
  });
}

/** Moments from the first event on, each once, ascending. */
export function moments(times: readonly number[]): readonly number[] {
  return [...new Set(times)].filter((at) => at >= 0 && at < Infinity).sort((a, b) => a - b);
}

function pendingOf(courses: readonly Course[]): Timeline["pending"] {
  const times = courses.flatMap(({ steps }) => steps.map(({ at }) => at));
  return [BEFORE, ...moments(times)].map((at) => ({
    at,
    pods: courses.reduce(
      (sum, { steps }) => sum + (steps.findLast((step) => step.at <= at)?.pending ?? 0),
      0,
    ),
  }));
}
