import { mostPlaced } from "../estimate";
import { isAnswered, isUnknown, type Exposure, type Statement, type Workload } from "../model";
import { candidateName, sameCandidate, type Candidate } from "./candidate";
import { decideInternalOn, decideOn, settingsOf, type DecideOptions } from "./decide";
import type { CountMargin, Decision, Margin } from "./decision";
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
import { sayDecide, type MarginCount } from "./texts";

/** How far to look at the least; beyond it, as far as there are nodes. */
const LEAST_DISTANCE = 10;

/**
 * How many replicas more or fewer would change the choice, and where an autoscaler moves the nodes, how many of these; nearest first.
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
  // Where nothing meets every requirement, following rollouts at every count would add nothing.
  const requirements = decision.met
    ? options.requirements
    : { ...options.requirements, maxRolloutLossSeconds: undefined };
  const asked = (settings: TrialSettings): DecideOptions => ({
    ...options,
    ...settings,
    requirements,
    fixes: false,
  });
  const marginOn = (walk: Walk | undefined): CountMargin | undefined =>
    walk &&
    nearestChange(walk, decision, (count) => {
      const change = changeAt(walk, count, exposure, decision, asked(quick), quick);
      // What is reported holds on as many placements as the decision itself.
      return change && changeAt(walk, count, exposure, decision, asked(whole), whole);
    });
  const replicas = marginOn(replicaWalk(exposure, whole.seed));
  const nodes = marginOn(nodeWalk(exposure));
  if (!replicas && !nodes) return undefined;
  return { ...(replicas ? { replicas } : {}), ...(nodes ? { nodes } : {}) };
}

/** Counts to try on the way out of a range, which may be of one. */
interface Walk {
  readonly from: number;
  readonly to: number;
  readonly furthest: number;
  readonly unit: MarginCount["unit"];
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
    unit: "replica",
    furthest: Math.max(
      LEAST_DISTANCE,
      ...grounds.map(({ nodes }) => Math.min(nodes.length, 2 * LEAST_DISTANCE)),
    ),
    // Which sizes of the cluster matter most depends on the count.
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
    unit: "node",
    furthest: LEAST_DISTANCE,
    scenarios: (count, settings) =>
      scenariosOf({ ...exposure, cluster: extendedBy(exposure.cluster, count) }, settings),
  };
}

/** The walk outwards until the choice changes. Undefined where it fails already within a range, so that it cannot change beyond. */
function nearestChange(
  { from, to, furthest, unit }: Walk,
  { met, chosen }: Decision,
  changeAtCount: (count: number) => Change | undefined,
): CountMargin | undefined {
  const beyondRange = from !== to;
  if (beyondRange && !met) return undefined;
  for (let away = 1; away <= furthest; away += 1) {
    for (const count of [from - away, to + away]) {
      const change = count < 1 ? undefined : changeAtCount(count);
      if (!change) continue;
      const statement = statementOn(change, chosen, { count, unit, away, beyondRange });
      return { at: count, away, becomes: change.becomes, statement };
    }
  }
  const evaluated = { from: Math.max(1, from - furthest), to: to + furthest, unit };
  const statement = sayDecide(met ? "choice-holds" : "requirements-never-met", evaluated);
  return { at: null, away: furthest, becomes: null, statement };
}

/** What changes at a count: another candidate is chosen, or whether anything meets every requirement, or both. */
interface Change {
  /** Null where nothing meets every requirement there. */
  readonly becomes: Candidate | null;
  readonly met: boolean;
}

function statementOn({ becomes, met }: Change, chosen: Candidate, at: MarginCount): Statement {
  if (!becomes) return sayDecide("requirements-not-met", at);
  const policy = candidateName(becomes);
  return sameCandidate(becomes, chosen)
    ? sayDecide("choice-meets-requirements", { ...at, policy })
    : sayDecide("choice-changes", { ...at, becomes: policy, met });
}

/**
 * What is chosen with that count instead; undefined where that is the same. Beyond a range the choice must hold for all of it and the
 * count, so it changes only where it fails there.
 */
function changeAt(
  { from, to, scenarios }: Walk,
  count: number,
  exposure: Exposure,
  { side, ports, chosen, met }: Decision,
  options: DecideOptions,
  settings: TrialSettings,
): Change | undefined {
  const decided = (on: readonly Scenario[]): Decision | undefined =>
    side === "internal"
      ? decideInternalOn(on, exposure, options)
      : decideOn(on, exposure, options)
          .filter(isAnswered)
          .find((one) => one.ports.join() === ports.join());
  const there = scenarios(count, settings);
  const alone = decided(there);
  if (!alone) return undefined;
  const changeFrom = (there: Decision): Change | undefined => {
    if (met && !there.met) return { becomes: null, met: false };
    const isSame = sameCandidate(there.chosen, chosen) && there.met === met;
    return isSame ? undefined : { becomes: there.chosen, met: there.met };
  };
  if (from === to) return changeFrom(alone);
  if (!alone.rejected.some(({ candidate }) => sameCandidate(candidate, chosen))) return undefined;
  const whole = decided([...scenariosOf(exposure, settings), ...there]);
  return whole && changeFrom(whole);
}
