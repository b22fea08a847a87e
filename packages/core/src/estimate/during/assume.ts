import { sayBalancer } from "../../balancers/texts";
import {
  displayName,
  zoneOf,
  type Cluster,
  type DisruptionBudget,
  type Exposure,
  type Statement,
  type Workload,
} from "../../model";
import type { ClusterEvent } from "../../placement";
import { clusterAssumptions } from "../cluster-assumptions";
import { sayEstimate } from "../texts";
import type { Side } from "./course";
import type { LifeTiming } from "./lives";

/** What had to be assumed of the time that things take. */
export function assumptionsOf(
  exposure: Pick<Exposure, "service" | "cluster" | "workloads">,
  { path, lag, gated, zoneSeconds }: Side,
  ofPath: readonly Statement[],
  events: readonly ClusterEvent[],
  { readySeconds, terminationSeconds, servingSeconds }: LifeTiming,
  budget: DisruptionBudget | undefined,
): readonly Statement[] {
  const has = (kind: ClusterEvent["kind"]): boolean => events.some((event) => event.kind === kind);
  const toPods = path.enters === "pods";
  const when = (condition: boolean, ...statements: readonly Statement[]) => (condition ? statements : []);
  return [
    ...ofPath,
    ...clusterAssumptions(exposure),
    sayEstimate("pod-lifetime", { ready: readySeconds, serving: servingSeconds, gone: terminationSeconds }),
    sayEstimate("endpoints-follow-at-once"),
    ...when(exposure.service.publishNotReadyAddresses === true, sayEstimate("not-ready-published")),
    ...when(has("drain"), ...keptBudgets(exposure.workloads, budget)),
    ...(lag ? lag.assumptions : []),
    ...(lag && toPods && lag.deregistration < Infinity
      ? [sayBalancer("deregistration-delay", { seconds: lag.deregistration })]
      : []),
    ...when(lag !== undefined && (toPods || has("addNodes")), sayEstimate("no-traffic-before-passing")),
    ...when(
      zoneSeconds > 0 && severalZones(exposure.cluster),
      sayEstimate("stale-zones", { seconds: zoneSeconds }),
    ),
    ...when(gated, sayEstimate("readiness-gate")),
    ...when(lag !== undefined && !toPods && has("addNodes"), sayEstimate("early-traffic-not-counted")),
  ];
}

/** What drains keep to; several workloads behind one Service have each their own. */
function keptBudgets(
  workloads: readonly Workload[],
  given: DisruptionBudget | undefined,
): readonly Statement[] {
  if (given) return [sayEstimate("drain-keeps-to-budget", { limit: limitOf(given), of: null })];
  const kept = workloads.flatMap(({ budget }) => {
    if (!budget) return [];
    const budgets = budget.by.map(displayName);
    const [first = null, ...more] = budgets;
    return more.length > 0
      ? [sayEstimate("drain-waits-for-ever", { budgets })]
      : [sayEstimate("drain-keeps-to-budget", { limit: limitOf(budget), of: first })];
  });
  return kept.length > 0 ? kept : [sayEstimate("no-disruption-budget")];
}

function limitOf({ minAvailable, maxUnavailable }: DisruptionBudget): string {
  return maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;
}

function severalZones({ nodes }: Cluster): boolean {
  return new Set(nodes.map(zoneOf)).size > 1;
}
