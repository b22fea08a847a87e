import { lagging, verdicts, type Change } from "../estimate/during/lag";
import { passingAt } from "../estimate/during/watch";
import type { Group, Phase, Start } from "./phase";

/** How the balancer takes a target: not yet checked through, fit, or not; and no longer or not yet there. */
export type State = "absent" | "initial" | "healthy" | "unhealthy";

export interface StateChange {
  readonly at: number;
  readonly to: State;
}

/** A phase with its begin; the state at rest begins before all time. */
export interface Timed {
  readonly at: number;
  readonly group: Group | undefined;
}

/** The phases with their begins, as far as they concern one group. */
export function timedPhases(
  start: Start,
  phases: readonly Phase[],
  begins: readonly number[],
  name: Group["name"],
): readonly Timed[] {
  const of = (groups: readonly Group[]): Group | undefined => groups.find((group) => group.name === name);
  return [
    { at: -Infinity, group: of(start.groups) },
    ...phases.map(({ groups }, index) => ({ at: begins[index] ?? 0, group: of(groups) })),
  ];
}

/** What of a node decides its state: nodes alike in this are alike to the balancer. */
export interface NodeKind {
  /** Whether the node could be registered at all, phase by phase. */
  readonly eligible: readonly boolean[];
  readonly hasPods: boolean;
  /** Whether any node has. */
  readonly somePods: boolean;
}

/**
 * The state of a node of one kind as a target of one group over time. Pods on a node are alike, so a node stands for its pods where
 * they are the targets.
 */
export function statesOf(phases: readonly Timed[], kind: NodeKind): readonly StateChange[] {
  const states: StateChange[] = [];
  for (const stay of staysOf(phases, kind)) {
    const [first] = stay.phases;
    if (!first) continue;
    const answers = stay.phases.map(({ at, group }): Change => ({ at, to: answersIn(group, kind) }));
    const delay = (at: number) =>
      stay.phases.findLast((phase) => phase.at <= at)?.group.lag ?? first.group.lag;
    const atRest = first.at === -Infinity;
    const start = answers[0]?.to ?? false;
    const followed = atRest ? lagging(answers, start, delay) : verdicts(answers, delay);
    states.push({ at: first.at, to: atRest ? stateFor(start) : "initial" });
    for (const { at, to } of followed) if (at < stay.until) states.push({ at, to: stateFor(to) });
    if (stay.until < Infinity) states.push({ at: stay.until, to: "absent" });
  }
  return states;
}

interface Stay {
  readonly phases: readonly { readonly at: number; readonly group: Group }[];
  /** When nothing new is sent to it any more. */
  readonly until: number;
}

/** Spans of time in which the target is registered; it is still sent to for a while after it was taken out. */
function staysOf(phases: readonly Timed[], { eligible, hasPods }: NodeKind): readonly Stay[] {
  const stays: { phases: { at: number; group: Group }[]; until: number }[] = [];
  let current: (typeof stays)[number] | undefined;
  phases.forEach(({ at, group }, index) => {
    const needsPods = group?.podsOnly === true || group?.path.enters === "pods";
    if (group && eligible[index] && (hasPods || !needsPods)) {
      if (!current) stays.push((current = { phases: [], until: Infinity }));
      current.phases.push({ at, group });
    } else if (current) {
      current.until = at + (current.phases.at(-1)?.group.lag.deregistration ?? 0);
      current = undefined;
    }
  });
  return stays;
}

function answersIn({ path }: Group, { hasPods, somePods }: NodeKind): boolean {
  if (path.enters === "pods") return true;
  // The node, and all the others.
  const ready = [Number(hasPods), Number(somePods)];
  return passingAt(path, { ready, terminating: [] }, () => true)(0);
}

function stateFor(passes: boolean): State {
  return passes ? "healthy" : "unhealthy";
}

export function stateAt(states: readonly StateChange[], at: number): State {
  return states.findLast((change) => change.at <= at)?.to ?? "absent";
}
