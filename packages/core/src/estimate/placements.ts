import { isUnknown, orElse, type Cluster, type Exposure, type Service, type Workload } from "../model";
// Past the index, which would load the simulations of a whole cluster as well: a start should be quick.
import { placeReplicas, type Placement } from "../placement/ensemble";
import { dealRest, fewTrials, mostPlaced, roomOn } from "./many";

export interface PlacementOptions {
  readonly trials: number;
  readonly seed: number;
  /** Instead of the workload's own count. */
  readonly replicas?: number;
}

/**
 * Predicted placements of a workload, one a trial; fewer trials for very many pods (`many.ts`). The Service's own selector takes part: the scheduler's default spreading reads
 * the Services that match a pod.
 */
export function placementsOf(
  service: Service,
  workload: Workload,
  cluster: Cluster,
  { trials, seed, replicas }: PlacementOptions,
): readonly Placement[] {
  const { selector } = service;
  const wanted = replicas ?? orElse(workload.replicas.count, 1);
  const surroundings = withoutOwnPods(cluster, workload);
  const most = workload.runs === "everyNode" ? Infinity : mostPlaced(cluster);
  const placements = placeReplicas({
    workload,
    replicas: Math.min(wanted, most),
    services:
      selector === undefined || isUnknown(selector)
        ? []
        : [{ namespace: service.ref.namespace ?? "default", selector }],
    cluster: surroundings,
    trials: wanted > most ? fewTrials(trials) : trials,
    seed,
  });
  if (wanted <= most) return placements;
  const room = roomOn(surroundings, workload);
  return placements.map((placement) => dealRest(placement, wanted, room));
}

/** The workload's pods that already run are placed anew, so they are no background. */
function withoutOwnPods(cluster: Cluster, workload: Workload): Cluster {
  const labels = Object.entries(workload.selector?.matchLabels ?? workload.template.labels);
  const own = cluster.pods.filter(
    (pod) =>
      pod.namespace === (workload.ref.namespace ?? "default") &&
      labels.length > 0 &&
      labels.every(([key, value]) => pod.labels[key] === value),
  );
  if (own.length === 0) return cluster;
  const mine = new Set(own);
  return { ...cluster, pods: cluster.pods.filter((pod) => !mine.has(pod)) };
}

/** Placements on several workloads behind one Service (a blue-green switch) add up, trial by trial. */
export function occupancies(
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
  cluster: Cluster,
  options: PlacementOptions,
): readonly Placement[] {
  const each = workloads.map((workload) => placementsOf(service, workload, cluster, options));
  const [first, ...others] = each;
  if (!first || others.length === 0) return first ?? [];
  // A workload of very many pods is tried fewer times; its placements then stand for more than one trial.
  const most = Math.max(...each.map(({ length }) => length));
  return Array.from({ length: most }, (_, trial) =>
    each.map((one) => one[trial % one.length] ?? NOWHERE).reduce(add),
  );
}

const NOWHERE: Placement = { podsOnNode: [], pending: 0 };

function add(a: Placement, b: Placement): Placement {
  return {
    ...a,
    podsOnNode: a.podsOnNode.map((n, node) => n + (b.podsOnNode[node] ?? 0)),
    pending: a.pending + b.pending,
    why: a.why ?? b.why,
  };
}
