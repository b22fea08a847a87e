import type { Estimate } from "../estimate";
import { groundOf } from "../estimate/data-path";
import type { Exposure, Front, Statement } from "../model";
import type { Candidate } from "./candidate";
import { frontChanges, placementChanges, rangeChanges, replicaChanges, type Change } from "./changes";
import { evaluateCandidate, type Evaluation } from "./evaluate";
import { judge, meetsAll } from "./judge";
import type { Requirements } from "./requirements";
import { QUICK_TRIALS, scenariosOf, type Scenario, type TrialSettings } from "./scenario";
import { resultsOf } from "./results";
import { sayDecide } from "./texts";

/** A change that would let a rejected candidate pass. */
export interface Fix {
  readonly for: Candidate;
  readonly change: Statement;
  /** What it is predicted to come to. */
  readonly effect: Statement;
}

/**
 * The smallest changes to the workload, its autoscaler or the load balancer, in the order they are tried, that make a rejected
 * candidate pass; the first of each kind.
 */
export function fixesFor(
  side: Estimate["side"],
  exposure: Exposure,
  front: Front | undefined,
  rejected: Evaluation,
  scenarios: readonly Scenario[],
  requirements: Requirements,
  settings: TrialSettings,
): readonly Fix[] {
  const quick = { ...settings, trials: Math.min(QUICK_TRIALS, settings.trials) };
  const passes = (change: Change, tries: TrialSettings): Evaluation | undefined => {
    const changed = change.apply(exposure, front);
    const again = scenariosOf(changed.exposure, tries);
    const evaluation = evaluateCandidate(side, changed.front, rejected.candidate, again, tries);
    return meetsAll(evaluation, requirements) ? evaluation : undefined;
  };
  const tried = (change: Change): Fix | undefined => {
    // What is reported holds on as many placements as the decision itself.
    const evaluation = passes(change, quick) && passes(change, settings);
    return evaluation && { for: rejected.candidate, change: change.statement, effect: effectOf(evaluation) };
  };
  const failing = judge(rejected, requirements).map(({ requirement }) => requirement);
  // One change is tried at a time, so what fails for both reasons is fixed by neither.
  const kinds = failing.every((name) => LIES_IN_FRONT.has(name))
    ? [frontChanges(front, requirements)]
    : failing.some((name) => LIES_IN_FRONT.has(name))
      ? []
      : workloadChanges(exposure, scenarios, requirements);
  return kinds.map((changes) => firstOf(changes, tried)).filter((fix) => fix !== undefined);
}

/** What no number or place of pods changes. */
const LIES_IN_FRONT: ReadonlySet<keyof Requirements> = new Set([
  "clientAddress",
  "inClusterClients",
] as const);

/** Of one workload; with several nobody knows which one to change. */
function workloadChanges(
  { workloads: [workload, ...others] }: Exposure,
  scenarios: readonly Scenario[],
  requirements: Requirements,
): readonly (readonly Change[])[] {
  if (!workload || others.length > 0) return [];
  const nodes = scenarios.map(({ cluster }) => cluster.nodes.length);
  const zones = scenarios.map(({ cluster }) => groundOf(cluster.nodes).zones);
  return [
    placementChanges(workload),
    replicaChanges(workload, Math.max(0, ...nodes), requirements),
    rangeChanges(workload, { nodes: Math.min(...nodes), zones: Math.max(0, ...zones) }, requirements),
  ];
}

function effectOf(evaluation: Evaluation): Statement {
  const { hottest, nodesServing, clientAddress } = resultsOf(evaluation);
  const isExternal = evaluation.estimates[0]?.side === "external";
  return sayDecide("fix-results", {
    hottest,
    nodesServing,
    clientAddress: isExternal ? clientAddress : null,
  });
}

function firstOf(changes: readonly Change[], tried: (change: Change) => Fix | undefined): Fix | undefined {
  for (const change of changes) {
    const fix = tried(change);
    if (fix) return fix;
  }
  return undefined;
}
