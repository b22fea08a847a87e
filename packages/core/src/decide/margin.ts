import { mostPlaced } from "../estimate";
import { isUnknown, type Exposure, type Workload } from "../model";
import { candidateName, sameCandidate, type Candidate } from "./candidate";
import { decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision, Margin } from "./decision";
import { extendedBy, nodeCounts } from "./node-range";
import { groundsOf, scenarioAt, scenariosOf, type Scenario, type TrialSettings } from "./scenario";

/** Placements tried for each count on the way. */
const MARGIN_TRIALS = 40;

/** How far to look at the least; beyond it, as far as there are nodes. */
const LEAST_DISTANCE = 10;

/**
 * How many replicas more or fewer would turn the choice, and where an autoscaler moves the nodes, how many of these; nearest first.
 * What has a range is asked about what lies beyond it, since the choice holds within. Undefined where neither is a number that is
 * known: a DaemonSet on fixed nodes, several workloads; and for so many replicas that a few more are no difference.
 */
export function marginOf(
  exposure: Exposure,
  decision: Decision,
  options: DecideOptions = {},
): Margin | undefined {
  const asked = { ...settingsOf(options), trials: Math.min(MARGIN_TRIALS, settingsOf(options).trials) };
  const walks = { replicas: replicaWalk(exposure, asked), nodes: nodeWalk(exposure, asked) };
  const base = (): readonly Scenario[] => scenariosOf(exposure, asked);
  const turning = (walk: Walk | undefined): Turning | undefined =>
    walk && turningOn(walk, base, exposure, decision, { ...options, ...asked });
  const [replicas, nodes] = [turning(walks.replicas), turning(walks.nodes)];
  if (!replicas && !nodes) return undefined;
  const { at, ...turn } = replicas ?? { at: null, away: 0, becomes: null };
  return {
    replicas: at,
    ...turn,
    ...(nodes && {
      nodes: { nodes: nodes.at, away: nodes.away, becomes: nodes.becomes, sentence: nodes.sentence },
    }),
    sentence: [replicas, nodes].flatMap((one) => one?.sentence ?? []).join("; "),
  };
}

/** Where the choice turns; null if nothing nearby turns it. */
interface Turning {
  readonly at: number | null;
  readonly away: number;
  readonly becomes: Candidate | null;
  readonly sentence: string;
}

/** Counts to try on the way out of a range, which may be of one. */
interface Walk {
  readonly from: number;
  readonly to: number;
  readonly furthest: number;
  readonly called: string;
  scenarios(count: number): readonly Scenario[];
}

function replicaWalk(exposure: Exposure, asked: TrialSettings): Walk | undefined {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode") return undefined;
  const range = countsOf(workload);
  const grounds = groundsOf(exposure);
  if (!range || grounds.some((cluster) => range.to > mostPlaced(cluster))) return undefined;
  return {
    ...range,
    called: "replica",
    furthest: Math.max(
      LEAST_DISTANCE,
      ...grounds.map(({ nodes }) => Math.min(nodes.length, 2 * LEAST_DISTANCE)),
    ),
    scenarios: (count) => grounds.map((cluster) => scenarioAt({ ...exposure, cluster }, count, asked)),
  };
}

function countsOf({ replicas: { count, range } }: Workload): Pick<Walk, "from" | "to"> | undefined {
  if (range) return { from: range.min, to: range.max };
  return isUnknown(count) ? undefined : { from: count, to: count };
}

function nodeWalk(exposure: Exposure, asked: TrialSettings): Walk | undefined {
  const range = nodeCounts(exposure.cluster);
  if (!range) return undefined;
  return {
    from: range.min,
    to: range.max,
    called: "node",
    furthest: LEAST_DISTANCE,
    scenarios: (count) => scenariosOf({ ...exposure, cluster: extendedBy(exposure.cluster, count) }, asked),
  };
}

function turningOn(
  { from, to, furthest, called, scenarios }: Walk,
  base: () => readonly Scenario[],
  exposure: Exposure,
  decision: Decision,
  options: DecideOptions,
): Turning | undefined {
  const decided = (on: readonly Scenario[]): Decision | undefined =>
    decideOn(on, exposure, options).find(({ ports }) => ports.join() === decision.ports.join());
  const isRange = from !== to;
  // What fails already within the range cannot turn beyond it.
  if (isRange && !decision.met) return undefined;
  const plural = (count: number): string => `${count} ${called}${count === 1 ? "" : "s"}`;
  for (let away = 1; away <= furthest; away += 1) {
    for (const count of [from - away, to + away]) {
      if (count < 1) continue;
      const there = scenarios(count);
      const alone = decided(there);
      if (!alone || (isRange ? isMet(decision, alone) : sameCandidate(alone.chosen, decision.chosen)))
        continue;
      const becomes = isRange ? decided([...base(), ...there])?.chosen : alone.chosen;
      if (!becomes || sameCandidate(becomes, decision.chosen)) continue;
      const where = isRange ? `${away} beyond the range` : `${away} away`;
      return {
        at: count,
        away,
        becomes,
        sentence: `flips to ${candidateName(becomes)} at ${plural(count)}, ${where}`,
      };
    }
  }
  const least = Math.max(1, from - furthest);
  return {
    at: null,
    away: furthest,
    becomes: null,
    sentence: `holds from ${least} to ${plural(to + furthest)}`,
  };
}

/** Whether what is chosen meets the requirements at that count too. */
function isMet({ chosen }: Decision, there: Decision): boolean {
  return !there.rejected.some(({ candidate }) => sameCandidate(candidate, chosen));
}
