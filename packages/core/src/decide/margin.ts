import { isUnknown, type Exposure } from "../model";
import { candidateName, sameCandidate } from "./candidate";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision, Margin } from "./decision";
import { scenarioAt } from "./scenario";
import { mostPlaced, shapesOf } from "../estimate";

/** Placements tried for each count on the way. */
const MARGIN_TRIALS = 40;

/** How far to look at the least; beyond it, as far as there are nodes. */
const LEAST_DISTANCE = 10;

/**
 * How many replicas more or fewer would turn the choice, nearest first. Undefined where the replicas are not one known number: a
 * DaemonSet, several workloads, an autoscaler's range (over which a decision holds anyway); and for so many that a few more are no difference.
 */
export function marginOf(
  exposure: Exposure,
  decision: Decision,
  options: DecideOptions = {},
): Margin | undefined {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode" || workload.replicas.range)
    return undefined;
  const now = workload.replicas.count;
  const shapes = shapesOf(exposure.cluster);
  if (isUnknown(now) || shapes.some((cluster) => now > mostPlaced(cluster))) return undefined;
  const settings = { ...settingsOf(options), trials: Math.min(MARGIN_TRIALS, settingsOf(options).trials) };
  const furthest = Math.max(
    LEAST_DISTANCE,
    ...shapes.map(({ nodes }) => Math.min(nodes.length, 2 * LEAST_DISTANCE)),
  );
  for (let away = 1; away <= furthest; away += 1) {
    for (const replicas of [now - away, now + away]) {
      if (replicas < 1) continue;
      const scenarios = shapes.map((cluster) => scenarioAt({ ...exposure, cluster }, replicas, settings));
      const turned = decideOn(scenarios, exposure, { ...options, ...settings }).find(
        ({ ports }) => ports.join() === decision.ports.join(),
      );
      if (!turned || sameCandidate(turned.chosen, decision.chosen)) continue;
      const sentence = `flips to ${candidateName(turned.chosen)} at ${replicas} replica${replicas === 1 ? "" : "s"}, ${away} away`;
      return { replicas, away, becomes: turned.chosen, sentence };
    }
  }
  return {
    replicas: null,
    away: furthest,
    becomes: null,
    sentence: `holds from ${Math.max(1, now - furthest)} to ${now + furthest} replicas`,
  };
}
