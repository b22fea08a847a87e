import { duringOn, livesOf, TOLERANCE, type DuringOptions, type Lives } from "../estimate";
import { isAnswered, type Exposure, type Statement } from "../model";
import { KEEPS_ITS_PODS } from "../placement/simulate/events";
import type { Scene } from "./inside";
import type { TrialSettings } from "./scenario";
import { sayDecide } from "./texts";

/** Rollouts that are followed, of placements that are tried: each is many placements, and what is lost varies little over them. */
const ROLLOUTS = { of: 10, most: 20, fewest: 5 } as const;

export function rolloutOptions({ trials, seed }: TrialSettings): DuringOptions {
  const followed = Math.max(ROLLOUTS.fewest, Math.min(ROLLOUTS.most, Math.ceil(trials / ROLLOUTS.of)));
  return { events: [{ kind: "rollout" }], trials: followed, seed };
}

/** The lives of an exposure's pods over a rollout, the same whatever the policy; or why they cannot be followed. */
export type Rollout =
  { readonly lives: Lives; readonly options: DuringOptions } | { readonly unknown: string } | "none";

/** Works out the rollout when it is first asked for, once for all candidates. */
export function rolloutOf(exposure: Exposure, settings: TrialSettings): () => Rollout {
  let known: Rollout | undefined;
  return () => (known ??= follow(exposure, rolloutOptions(settings)));
}

function follow(exposure: Exposure, options: DuringOptions): Rollout {
  const { workloads } = exposure;
  if (workloads.length === 0 || workloads.some(({ ref }) => KEEPS_ITS_PODS.has(ref.kind))) return "none";
  try {
    return { lives: livesOf(exposure, options), options };
  } catch (error) {
    if (error instanceof RangeError) return { unknown: error.message };
    throw error;
  }
}

/** The worst rollout of the scenarios, if it loses more than is allowed. */
export function rolloutFailure(scenes: readonly Scene[], limit: number): Statement | undefined {
  let worst: { readonly seen: number; readonly rollouts: number; readonly cluster: string } | undefined;
  for (const { exposure, estimate, rollout } of scenes) {
    const followed = rollout();
    if (followed === "none") continue;
    if ("unknown" in followed) return sayDecide("rollout-not-simulated", { reason: followed.unknown });
    const options = { ...followed.options, side: estimate.side };
    for (const { fullLossSeconds, trials } of duringOn(exposure, followed.lives, options).filter(isAnswered))
      if (!worst || fullLossSeconds.p95 > worst.seen)
        worst = { seen: fullLossSeconds.p95, rollouts: trials, cluster: estimate.cluster };
  }
  if (!worst || worst.seen <= limit + TOLERANCE) return undefined;
  const cluster = scenes.length > 1 ? worst.cluster : null;
  return sayDecide("rollout-loss-above-limit", { ...worst, limit, cluster });
}
