import type { RolloutStrategy } from "../../model";

/** How far a rollout may go above and below the wanted number of pods. */
export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * `25%` of the wanted number, or the number itself (apimachinery intstr.GetScaledValueFromIntOrPercent). Throws a `RangeError` for any
 * other text.
 */
export function scaled(value: number | string, of: number, round: "up" | "down"): number {
  if (typeof value === "number") return value;
  const percent = /^(\d+)%$/.exec(value)?.[1];
  if (percent === undefined)
    throw new RangeError(`${JSON.stringify(value)}: wanted a number or a percentage such as 25%`);
  const exact = (Number(percent) * of) / 100;
  return round === "up" ? Math.ceil(exact) : Math.floor(exact);
}

/** Of a Deployment: 25 % both ways unless said (k/k pkg/controller/deployment/util ResolveFenceposts). */
export function deploymentFenceposts(
  { maxSurge = "25%", maxUnavailable = "25%" }: Partial<RolloutStrategy>,
  replicas: number,
): Fenceposts {
  const surge = scaled(maxSurge, replicas, "up");
  const unavailable = scaled(maxUnavailable, replicas, "down");
  return surge === 0 && unavailable === 0
    ? { surge: 0, unavailable: 1 }
    : { surge, unavailable: Math.min(unavailable, replicas) };
}

/**
 * Of a StatefulSet: one pod unless specified; percentages round down, to one at least
 * (k/k pkg/controller/statefulset/stateful_set_utils.go getStatefulSetMaxUnavailable).
 */
export function statefulSetBudget(
  { maxUnavailable = 1 }: Partial<RolloutStrategy>,
  replicas: number,
): number {
  return Math.max(1, scaled(maxUnavailable, replicas, "down"));
}

/** Of a DaemonSet: one node at a time unless said; percentages of the nodes round up (k/k pkg/controller/daemon/update.go). */
export function daemonFenceposts(
  { maxSurge = 0, maxUnavailable = 1 }: Partial<RolloutStrategy>,
  nodes: number,
): Fenceposts {
  const surge = scaled(maxSurge, nodes, "up");
  const unavailable = scaled(maxUnavailable, nodes, "up");
  return nodes > 0 && surge === 0 && unavailable === 0
    ? { surge: 0, unavailable: 1 }
    : { surge, unavailable };
}
