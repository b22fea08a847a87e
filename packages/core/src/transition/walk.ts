import type { Draw } from "../balancers";
import { zoneOf, type Node } from "../model";
import { flowsOverNodes, flowsOverPods, type Flow } from "../estimate/during/flow";
import { moments } from "../estimate/during/timeline";
import { lessStale, withStaleZones, zonesAt } from "../estimate/during/zones";
import type { Group, Phase, Start } from "./phase";
import { stateAt, statesOf, timedPhases, type StateChange, type Timed } from "./states";

/** What one placement of the pods loses on a way. */
export interface Walked {
  readonly steps: readonly {
    readonly fullLossSeconds: number;
    readonly dropped: number;
    readonly seconds: number;
  }[];
  readonly before: number;
  readonly after: number;
  readonly resets: number;
}

/** Walks the phases with one placement after another: the ready pods on each node, which stay where they are. */
export function walker(
  start: Start,
  phases: readonly Phase[],
  nodes: readonly Node[],
  resetsWhenUnhealthy: boolean,
): (pods: readonly number[]) => Walked {
  const begins = beginsOf(phases);
  const zones = nodes.map(zoneOf);
  const groups = [start, ...phases].flatMap((phase) => phase.groups);
  const zoneSeconds = Math.max(0, ...groups.map((group) => group.zoneSeconds));
  const flows = new Map([...new Set(groups)].map((group) => [group, flowOf(group, nodes)]));
  const lookups = [...new Set(groups.map(({ name }) => name))].map(
    (name) => [name, lookup(timedPhases(start, phases, begins, name), nodes.length)] as const,
  );

  return (pods) => {
    const states = new Map(lookups.map(([name, look]) => [name, look(pods)]));
    // Nodes of one kind share their states.
    const changes = [...new Set([...states.values()].flat())].flatMap((one) => one.map(({ at }) => at));
    const watched = [-Infinity, ...moments([...begins, ...changes])].map((at) => {
      const { groups: there, active } = phaseAt(at, start, phases, begins);
      const group = there.find(({ name }) => name === active);
      return {
        at,
        entrance: { group, entered: group ? enteredAt(group, states.get(active) ?? [], at) : [] },
      };
    });
    const course = withStaleZones(watched, ({ entered }) => zonesAt(zones, entered), zoneSeconds).map(
      ({ at, entrance: { group, entered }, stale }) => {
        const flow = group && flows.get(group);
        return { at, dropped: flow ? lessStale(flow(pods, entered), stale).dropped : 1 };
      },
    );
    const end = Math.max(0, course.at(-1)?.at ?? 0);
    return {
      steps: phases.map((_, index) => {
        const from = begins[index] ?? 0;
        return overTime(course, from, begins[index + 1] ?? Math.max(from, end));
      }),
      before: course[0]?.dropped ?? 1,
      after: course.at(-1)?.dropped ?? 1,
      resets: resetsWhenUnhealthy ? resetsOf(start, states, pods) : 0,
    };
  };
}

type States = readonly (readonly StateChange[])[];

/** The states of every node under one placement after another; those of a kind are worked out once. */
function lookup(phases: readonly Timed[], size: number): (pods: readonly number[]) => States {
  const known = new Map<string, readonly StateChange[]>();
  const registered = phases.map(({ group }) =>
    group?.path.enters === "nodes" ? new Set(group.path.registered) : undefined,
  );
  const eligible = Array.from({ length: size }, (_, node) => registered.map((set) => !set || set.has(node)));
  const marks = eligible.map((flags) => flags.join());
  return (pods) => {
    const somePods = pods.some((count) => count > 0);
    return eligible.map((flags, node) => {
      const hasPods = (pods[node] ?? 0) > 0;
      const key = `${marks[node]} ${hasPods} ${somePods}`;
      const states = known.get(key) ?? statesOf(phases, { eligible: flags, hasPods, somePods });
      known.set(key, states);
      return states;
    });
  };
}

function beginsOf(phases: readonly Phase[]): readonly number[] {
  let at = 0;
  return phases.map(({ seconds = 0 }) => {
    const begin = at;
    at += seconds;
    return begin;
  });
}

function phaseAt(at: number, start: Start, phases: readonly Phase[], begins: readonly number[]): Start {
  return phases[begins.findLastIndex((begin) => begin <= at)] ?? start;
}

type FlowOf = (pods: readonly number[], entered: readonly number[]) => Flow;

function flowOf({ path }: Group, nodes: readonly Node[]): FlowOf {
  const alive = (): boolean => true;
  if (path.enters === "nodes") {
    const flow = flowsOverNodes(path, nodes);
    return (pods, entered) => flow({ endpoints: { at: 0, ready: pods, terminating: [] }, alive, entered });
  }
  const flow = flowsOverPods(path, nodes);
  return (pods, entered) => {
    const sent = new Set(entered);
    const sentTo = pods.map((count, node) => (sent.has(node) ? count : 0));
    const endpoints = { at: 0, ready: pods, terminating: [] };
    return flow({ endpoints, alive, entered: sentTo, answering: sentTo, receivers: pods });
  };
}

/** The targets that are sent to: healthy ones; without any, those found unhealthy where the balancer fails open. */
function enteredAt(
  { path }: Group,
  states: readonly (readonly StateChange[])[],
  at: number,
): readonly number[] {
  const now = states.map((one) => stateAt(one, at));
  const which = (state: string): readonly number[] =>
    now.flatMap((one, node) => (one === state ? [node] : []));
  const healthy = which("healthy");
  return healthy.length > 0 || !path.failsOpen ? healthy : which("unhealthy");
}

interface Dropping {
  readonly at: number;
  readonly dropped: number;
}

/** What is dropped from a moment of the course until another. */
function overTime(course: readonly Dropping[], from: number, until: number): Walked["steps"][number] {
  const within = course.filter(({ at }) => at >= from && at < until);
  let fullLossSeconds = 0;
  within.forEach(({ at, dropped }, index) => {
    fullLossSeconds += dropped * ((within[index + 1]?.at ?? until) - at);
  });
  return {
    fullLossSeconds,
    dropped: Math.max(0, ...within.map(({ dropped }) => dropped)),
    seconds: until - from,
  };
}

/** What the targets that turn from healthy to unhealthy held at rest. */
function resetsOf(
  { groups, active }: Start,
  states: ReadonlyMap<string, States>,
  pods: readonly number[],
): number {
  const group = groups.find(({ name }) => name === active);
  const old = states.get(active) ?? [];
  // Pods as targets stay healthy as long as they answer, whatever is switched.
  if (!group || group.path.enters === "pods") return 0;
  const draws = group.path.weigh(enteredAt(group, old, -Infinity), pods);
  const resets = ({ fractions }: Draw): number =>
    old.reduce((sum, changes, node) => sum + (turnsUnhealthy(changes) ? (fractions[node] ?? 0) : 0), 0);
  return draws.reduce((sum, draw) => sum + draw.probability * resets(draw), 0);
}

function turnsUnhealthy(changes: readonly StateChange[]): boolean {
  return changes.some(({ to }, index) => to === "unhealthy" && changes[index - 1]?.to === "healthy");
}
