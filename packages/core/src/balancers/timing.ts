import { isUnknown, type Front, type HealthCheck, type Statement } from "../model";
import { sayBalancer } from "./texts";

/** Seconds, at least and at most: equal where one number is known, 0 to infinite where none is. */
export interface Seconds {
  readonly least: number;
  readonly most: number;
}

/** How fast a load balancer follows what happens to its targets. */
export interface Timing {
  /** From the registration of a target until its first health check. */
  readonly firstCheck: Seconds;
  /** From the first failing check of a target until it counts as unhealthy. */
  readonly detection: Seconds;
  /** From the loss of a node until no new connection goes there, where that is not found out by a health check. */
  readonly nodeLoss?: Seconds;
  /** From when a target counts as unhealthy until no new connection goes there. */
  readonly propagation: Seconds;
  /** From the first passing check of a target until it receives connections. */
  readonly recovery: Seconds;
  /** From the deregistration of a target until no new connection goes there; infinite where nobody deregisters. */
  readonly deregistration: Seconds;
  /** What the numbers rest on. */
  readonly basis: readonly Statement[];
}

export function exactly(seconds: number): Seconds {
  return { least: seconds, most: seconds };
}

export const AT_ONCE = exactly(0);
export const NEVER = exactly(Infinity);
export const UNKNOWN_SECONDS: Seconds = { least: 0, most: Infinity };

/** What is calculated with: the most that it may be, or, where nothing is known, that it happens at once. */
export function assumedSeconds({ least, most }: Seconds): number {
  return most < Infinity ? most : least;
}

/** The checks that must fail, each an interval after the one before; sooner after the first where failing targets are asked more often. */
export function secondsToFail({
  intervalSeconds,
  fastIntervalSeconds = intervalSeconds,
  unhealthyThreshold,
}: HealthCheck): number | undefined {
  const [interval, fast, failures] = [
    intervalSeconds.value,
    fastIntervalSeconds.value,
    unhealthyThreshold.value,
  ];
  if (isUnknown(interval) || isUnknown(fast) || isUnknown(failures)) return undefined;
  return interval + Math.max(0, failures - 1) * fast;
}

/** Detection and recovery by the front's own health check; what is not known of it counts as immediate, and is said. */
export function checkTiming(
  { healthCheck }: Front,
  rest: Pick<Timing, "firstCheck" | "propagation" | "deregistration">,
): Timing {
  if (!healthCheck)
    return {
      ...rest,
      detection: UNKNOWN_SECONDS,
      recovery: UNKNOWN_SECONDS,
      basis: [sayBalancer("no-check-known")],
    };
  const interval = healthCheck.intervalSeconds.value;
  const healthy = healthCheck.healthyThreshold.value;
  const detection = secondsToFail(healthCheck);
  if (detection === undefined || isUnknown(interval) || isUnknown(healthy))
    return {
      ...rest,
      detection: UNKNOWN_SECONDS,
      recovery: UNKNOWN_SECONDS,
      basis: [sayBalancer("check-timing-unknown")],
    };
  const recovery = interval * healthy;
  return {
    ...rest,
    detection: exactly(detection),
    recovery: exactly(recovery),
    basis: [sayBalancer("check-timing", { detection, recovery })],
  };
}
