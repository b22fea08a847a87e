import { mostPlaced } from "../estimate";
import { isAnswered, isUnknown, type Exposure, type Workload } from "../model";
import { candidateName, sameCandidate, type Candidate } from "./candidate";
import { decideInternalOn, decideOn, settingsOf, type DecideOptions } from "./decide";
import type { Decision, Margin } from "./decision";
import { extendedBy, nodeCounts } from "../estimate/node-range";
import {
  groundsOf,
  QUICK_TRIALS,
  scenarioAt,
  scenariosOf,
  withReplicas,
  type Scenario,
  type TrialSettings,
} from "./scenario";

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
  const whole = settingsOf(options);
  const quick = { ...whole, trials: Math.min(QUICK_TRIALS, whole.trials) };
  // Where nothing meets every requirement, following rollouts at every count would tell nothing more.
  const requirements = decision.met
    ? options.requirements
    : { ...options.requirements, maxRolloutLossSeconds: undefined };
  const asked = (settings: TrialSettings): DecideOptions => ({
    ...options,
    ...settings,
    requirements,
    fixes: false,
  });
  const turning = (walk: Walk | undefined): Turning | undefined =>
    walk &&
    turningOn(walk, decision, (count) => {
      const turned = turnedAt(walk, count, exposure, decision, asked(quick), quick);
      // What is told holds on as many placements as the decision itself.
      return turned && turnedAt(walk, count, exposure, decision, asked(whole), whole);
    });
  const [replicas, nodes] = [turning(replicaWalk(exposure, whole.seed)), turning(nodeWalk(exposure))];
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
  scenarios(count: number, settings: TrialSettings): readonly Scenario[];
}

function replicaWalk(exposure: Exposure, seed: number): Walk | undefined {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode") return undefined;
  const range = countsOf(workload);
  const fixed: Workload = { ...workload, replicas: { count: workload.replicas.count, by: "given" } };
  const grounds = groundsOf(exposure, seed);
  if (!range || grounds.some((cluster) => range.to > mostPlaced(cluster))) return undefined;
  return {
    ...range,
    called: "replica",
    furthest: Math.max(
      LEAST_DISTANCE,
      ...grounds.map(({ nodes }) => Math.min(nodes.length, 2 * LEAST_DISTANCE)),
    ),
    // Which sizes of the cluster tell most depends on the count.
    scenarios: (count, settings) =>
      groundsOf({ ...exposure, workloads: [withReplicas(fixed, count)] }, settings.seed).map((cluster) =>
        scenarioAt({ ...exposure, cluster }, count, settings),
      ),
  };
}

function countsOf({ replicas: { count, range } }: Workload): Pick<Walk, "from" | "to"> | undefined {
  if (range) return { from: range.min, to: range.max };
  return isUnknown(count) ? undefined : { from: count, to: count };
}

function nodeWalk(exposure: Exposure): Walk | undefined {
  const range = nodeCounts(exposure.cluster);
  if (!range) return undefined;
  return {
    from: range.min,
    to: range.max,
    called: "node",
    furthest: LEAST_DISTANCE,
    scenarios: (count, settings) =>
      scenariosOf({ ...exposure, cluster: extendedBy(exposure.cluster, count) }, settings),
  };
}

/** The walk outwards until the choice turns. Undefined where it fails already within a range, so that it cannot turn beyond. */
function turningOn(
  { from, to, furthest, called }: Walk,
  { met, chosen }: Decision,
  turnedTo: (count: number) => Turn | undefined,
): Turning | undefined {
  const isRange = from !== to;
  if (isRange && !met) return undefined;
  const plural = (count: number): string => `${count} ${called}${count === 1 ? "" : "s"}`;
  for (let away = 1; away <= furthest; away += 1) {
    for (const count of [from - away, to + away]) {
      const turn = count < 1 ? undefined : turnedTo(count);
      if (!turn) continue;
      const where = `at ${plural(count)}, ${isRange ? `${away} beyond the range` : `${away} away`}`;
      return { at: count, away, becomes: turn.becomes, sentence: `${turnTold(turn, chosen)} ${where}` };
    }
  }
  const least = Math.max(1, from - furthest);
  const holds = met ? "holds" : "no policy meets every requirement";
  const sentence = `${holds} from ${least} to ${plural(to + furthest)}, as far as was looked`;
  return { at: null, away: furthest, becomes: null, sentence };
}

/** What changes at a count: another candidate is chosen, or whether anything meets every requirement, or both. */
interface Turn {
  /** Null where nothing meets every requirement there. */
  readonly becomes: Candidate | null;
  readonly met: boolean;
}

function turnTold({ becomes, met }: Turn, chosen: Candidate): string {
  if (!becomes) return "no policy meets every requirement";
  if (sameCandidate(becomes, chosen)) return `${candidateName(becomes)} meets every requirement`;
  return `flips to ${candidateName(becomes)}${met ? "" : ", which does not meet every requirement,"}`;
}

/**
 * What is chosen with that count instead; undefined where that is the same. Beyond a range the choice must hold for all of it and the
 * count, so it turns only where it fails there.
 */
function turnedAt(
  { from, to, scenarios }: Walk,
  count: number,
  exposure: Exposure,
  { side, ports, chosen, met }: Decision,
  options: DecideOptions,
  settings: TrialSettings,
): Turn | undefined {
  const decided = (on: readonly Scenario[]): Decision | undefined =>
    side === "internal"
      ? decideInternalOn(on, exposure, options)
      : decideOn(on, exposure, options)
          .filter(isAnswered)
          .find((one) => one.ports.join() === ports.join());
  const there = scenarios(count, settings);
  const alone = decided(there);
  if (!alone) return undefined;
  const turn = (there: Decision): Turn | undefined => {
    if (met && !there.met) return { becomes: null, met: false };
    const isSame = sameCandidate(there.chosen, chosen) && there.met === met;
    return isSame ? undefined : { becomes: there.chosen, met: there.met };
  };
  if (from === to) return turn(alone);
  if (!alone.rejected.some(({ candidate }) => sameCandidate(candidate, chosen))) return undefined;
  const whole = decided([...scenariosOf(exposure, settings), ...there]);
  return whole && turn(whole);
}
