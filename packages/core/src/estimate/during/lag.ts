import { balancerOf } from "../../balancers/known";
import { isUnknown, reachesNodes, type Exposure, type Front } from "../../model";
import { DEREGISTRATION_SECONDS, secondsToFail } from "../timing";

/** How far a balancer's view of its targets is behind. Seconds. */
export interface Lag {
  /** From the first failing check of a target until the balancer stops sending there; infinite where nothing checks. */
  readonly detection: number;
  /** From the first passing check of a target until the balancer sends there. */
  readonly recovery: number;
  /** From the deregistration of a pod until the balancer stops sending there; nodes stay registered. */
  readonly deregistration: number;
  readonly assumption: string;
}

/** Condition that AWS Load Balancer Controller sets on a pod whose target is healthy; its `pod_readiness_gate.md`. */
const TARGET_HEALTH_GATE = "target-health.elbv2.k8s.aws/";

/** As many checks as the thresholds say, one interval apart. Zero, and said so, where the balancer's check is not known. */
export function lagOf(front: Front | undefined, deregistration = DEREGISTRATION_SECONDS): Lag {
  const at = (detection: number, recovery: number, assumption: string): Lag => ({
    detection,
    recovery,
    deregistration,
    assumption,
  });
  const check = front?.healthCheck;
  if (front && !check && balancerOf(front)?.trustsUnchecked)
    return at(Infinity, 0, "nothing checks the servers: one that is gone is sent to for good");
  if (!check)
    return at(0, 0, "what stands in front notices at once what it notices at all (no health check is known)");
  const interval = check.intervalSeconds.value;
  const detection = secondsToFail(check);
  const healthy = check.healthyThreshold.value;
  if (isUnknown(interval) || detection === undefined || isUnknown(healthy))
    return at(0, 0, "the load balancer notices at once (the timing of its health check is not known yet)");
  const recovery = interval * healthy;
  return at(
    detection,
    recovery,
    `the load balancer stops sending to a target ${detection} s after its check begins to fail, and sends to it ${recovery} s after it begins to pass`,
  );
}

/** Seconds for which clients still go to a zone that has nothing left to send to; 0 where zones make no difference. */
export function zoneSecondsOf(front: Front | undefined): number {
  return (front && balancerOf(front)?.emptyZoneSeconds?.(front)) ?? 0;
}

/** Whether the pods become ready only when the balancer takes them as healthy. */
export function isGated({ workloads }: Pick<Exposure, "workloads">, front: Front | undefined): boolean {
  return (
    sendsToPods(front) &&
    workloads.every(({ template }) =>
      template.spec.readinessGates?.some((gate) => gate.startsWith(TARGET_HEALTH_GATE)),
    )
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

/** What a balancer comes to think of a new target: nothing at first, then as `lagging` has it. */
export function verdicts(
  answers: readonly Change[],
  delay: (at: number) => Pick<Lag, "detection" | "recovery">,
): readonly Change[] {
  const passed = lagging(answers, false, delay);
  const [failed] = lagging(answers, true, delay);
  return failed && failed.at < (passed[0]?.at ?? Infinity) ? [failed, ...passed] : passed;
}
