import { balancerOf } from "../../balancers";
import { sayBalancer } from "../../balancers/texts";
import { assumedSeconds } from "../../balancers/timing";
import { isUnknown, reachesNodes, type Exposure, type Front, type Statement } from "../../model";

/** How far a load balancer's view of its targets is behind. Seconds. */
export interface Lag {
  /** From the first failing check of a target until the balancer stops sending there; infinite where nothing checks. */
  readonly detection: number;
  /** From the first passing check of a target until the balancer sends there. */
  readonly recovery: number;
  /** From the deregistration of a pod until the balancer stops sending there; nodes stay registered. */
  readonly deregistration: number;
  /** From the loss of a node until the load balancer stops sending there, where that takes another time than a failing check. */
  readonly nodeLoss?: number;
  readonly assumptions: readonly Statement[];
}

/** As the load balancer's timing says; zero, and said so, where nothing is known of it. `deregistration` overrides what is known. */
export function lagOf(front: Front | undefined, deregistration?: number): Lag {
  const balancer = front && balancerOf(front);
  if (!front || !balancer)
    return {
      detection: 0,
      recovery: 0,
      deregistration: deregistration ?? 0,
      assumptions: [sayBalancer("no-check-known")],
    };
  const timing = balancer.timing(front);
  return {
    detection: assumedSeconds(timing.detection) + assumedSeconds(timing.propagation),
    recovery: assumedSeconds(timing.firstCheck) + assumedSeconds(timing.recovery),
    deregistration: deregistration ?? assumedSeconds(timing.deregistration),
    ...(timing.nodeLoss ? { nodeLoss: assumedSeconds(timing.nodeLoss) } : {}),
    assumptions: timing.basis,
  };
}

/** Seconds for which clients still connect to a zone that has lost its last target; 0 where zones make no difference. */
export function zoneSecondsOf(front: Front | undefined): number {
  return (front && balancerOf(front)?.emptyZoneSeconds(front)) ?? 0;
}

/** Whether the pods become ready only when their target is healthy. */
export function isGated({ workloads }: Pick<Exposure, "workloads">, front: Front | undefined): boolean {
  const gate = front && balancerOf(front)?.readinessGate;
  return (
    gate !== undefined &&
    sendsToPods(front) &&
    workloads.every(({ template }) => template.spec.readinessGates?.some((one) => one.startsWith(gate)))
  );
}

function sendsToPods(front: Front | undefined): boolean {
  return front !== undefined && !isUnknown(front.targets.value) && !reachesNodes(front.targets.value);
}

/** A value that follows another one late: false after `detection`, true after `recovery`, unless it has turned back by then. */
export interface Change {
  readonly at: number;
  readonly to: boolean;
}

/**
 * The changes of a value that follows `changes`, ascending in time, from the state `start`.
 *
 * @param delay what holds from a time on; checks can be changed while something is under way
 */
export function lagging(
  changes: readonly Change[],
  start: boolean,
  delay: (at: number) => Pick<Lag, "detection" | "recovery">,
): readonly Change[] {
  const followed: Change[] = [];
  let now = start;
  let due = Infinity;
  const settle = (): void => {
    now = !now;
    followed.push({ at: due, to: now });
    due = Infinity;
  };
  for (const { at, to } of changes) {
    if (due <= at) settle();
    if (to === now) due = Infinity;
    else if (due === Infinity) due = at + (to ? delay(at).recovery : delay(at).detection);
  }
  if (due < Infinity) settle();
  return followed;
}

/** What a load balancer finds of a new target: nothing at first, then as `lagging` has it. */
export function verdicts(
  answers: readonly Change[],
  delay: (at: number) => Pick<Lag, "detection" | "recovery">,
): readonly Change[] {
  const passed = lagging(answers, false, delay);
  const [failed] = lagging(answers, true, delay);
  return failed && failed.at < (passed[0]?.at ?? Infinity) ? [failed, ...passed] : passed;
}
