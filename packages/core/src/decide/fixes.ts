import type { Estimate } from "../estimate";
import { HOSTNAME_LABEL, isUnknown, orElse, type Exposure, type Front, type Workload } from "../model";
import type { Candidate } from "./candidate";
import { evaluateCandidate, type Evaluation } from "./evaluate";
import { scenarioAt, type Scenario, type TrialSettings } from "./scenario";
import { judge } from "./judge";
import type { Requirements } from "./requirements";
import { ratio } from "./words";

/** A change that would let a rejected candidate pass, with what it is predicted to do. */
export interface Fix {
  readonly for: Candidate;
  readonly change: string;
  readonly effect: string;
}

/** Fixes are tried on fewer placements than the decision itself. */
const FIX_TRIALS = 50;

interface Change {
  readonly say: string;
  apply(workload: Workload): Workload;
}

/** The smallest changes to the workload, in the order they are tried, that make a rejected candidate pass; the first of each kind. */
export function fixesFor(
  side: Estimate["side"],
  exposure: Exposure,
  front: Front | undefined,
  rejected: Evaluation,
  scenarios: readonly Scenario[],
  requirements: Requirements,
  { seed }: TrialSettings,
): readonly Fix[] {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode" || workload.replicas.range) return [];
  const nodes = Math.max(
    0,
    ...scenarios.map(({ placements }) =>
      Math.max(0, ...placements.map(({ podsOnNode }) => podsOnNode.length)),
    ),
  );
  const tried = (change: Change): Fix | undefined => {
    const settings = { trials: FIX_TRIALS, seed };
    const changed = change.apply(workload);
    const again = scenarios.map(({ cluster }) =>
      scenarioAt({ ...exposure, cluster, workloads: [changed] }, undefined, settings),
    );
    const evaluation = evaluateCandidate(side, front, rejected.candidate, again, settings);
    if (judge(evaluation, requirements).length > 0) return undefined;
    const heat = Math.max(...evaluation.estimates.map(({ hottest }) => hottest?.p95 ?? Infinity));
    const serving = Math.min(...evaluation.estimates.map(({ nodesServing }) => nodesServing.p95));
    return {
      for: rejected.candidate,
      change: change.say,
      effect: `hottest ${ratio(heat)} at the 95th percentile, at least ${serving} nodes serve`,
    };
  };
  const spreading = firstOf(placementChanges(workload), tried);
  const scaling = firstOf(replicaChanges(workload, nodes, requirements), tried);
  return [spreading, scaling].filter((fix) => fix !== undefined);
}

function firstOf(changes: readonly Change[], tried: (change: Change) => Fix | undefined): Fix | undefined {
  for (const change of changes) {
    const fix = tried(change);
    if (fix) return fix;
  }
  return undefined;
}

/** Ways to spread the same number of pods better. */
function placementChanges(workload: Workload): readonly Change[] {
  const { template } = workload;
  if (template.spec.topologySpreadConstraints?.some(({ topologyKey }) => topologyKey === HOSTNAME_LABEL))
    return [];
  return [
    {
      say: "add a topology spread constraint over kubernetes.io/hostname with maxSkew 1 and whenUnsatisfiable DoNotSchedule",
      apply: (old) => ({
        ...old,
        template: {
          ...old.template,
          spec: {
            ...old.template.spec,
            topologySpreadConstraints: [
              ...(old.template.spec.topologySpreadConstraints ?? []),
              {
                maxSkew: 1,
                topologyKey: HOSTNAME_LABEL,
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: old.selector?.matchLabels ?? old.template.labels },
              },
            ],
          },
        },
      }),
    },
  ];
}

/** Replica counts worth trying, nearest first: the least that serves enough nodes, and whole multiples of the nodes. */
function replicaChanges(
  workload: Workload,
  nodes: number,
  { minNodesServing }: Requirements,
): readonly Change[] {
  if (isUnknown(workload.replicas.count)) return [];
  const now = orElse(workload.replicas.count, 1);
  const counts = [minNodesServing, nodes, 2 * nodes].filter((wanted) => wanted > 0 && wanted !== now);
  return [...new Set(counts)]
    .sort((a, b) => Math.abs(a - now) - Math.abs(b - now))
    .map((replicas) => ({
      say: `run ${replicas} replicas instead of ${now}${workload.replicas.by === "default" ? " (spec.replicas is not set)" : ""}`,
      apply: (old) => ({ ...old, replicas: { count: replicas, by: "given" } }),
    }));
}
