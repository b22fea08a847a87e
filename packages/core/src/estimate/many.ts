import { isUnknown, type Cluster, type Exposure, type Statement, type Workload } from "../model";
import type { Placement } from "../placement";
import { releaseOf } from "../releases";
import { podRequests, type Requests } from "../placement/requests";
import { sayEstimate } from "./texts";

/** Pods that are placed one by one in a trial; on many nodes more, so that each has its steady part. */
const MOST_PLACED = 5_000;
const MOST_PLACED_PER_NODE = 10;

/** Trials for more pods than that: what chance does to a node averages out. */
const MOST_TRIALS = 20;

/** Pods of a workload that are placed one by one; beyond, the rest is dealt by `dealRest`. */
export function mostPlaced({ nodes }: Cluster): number {
  return Math.max(MOST_PLACED, MOST_PLACED_PER_NODE * nodes.length);
}

export function fewTrials(trials: number): number {
  return Math.min(trials, MOST_TRIALS);
}

/** What is to be said of an exposure with more pods than are placed one by one; nothing where that is so for none of its workloads. */
export function manyAssumptions(
  { cluster, workloads }: Pick<Exposure, "cluster" | "workloads">,
  placements: readonly Placement[],
): readonly Statement[] {
  const most = mostPlaced(cluster);
  const many = workloads.some(
    ({ runs, replicas: { count } }) => runs === "replicas" && !isUnknown(count) && count > most,
  );
  return many ? [sayEstimate("rest-in-proportion", { placed: most, times: placements.length })] : [];
}

/**
 * A placement of the first pods, scaled to all of them: in the proportion that the scheduler has come to, as far as each node has
 * room. Where the first pods did not all find a node, none of the rest does.
 */
export function dealRest(placement: Placement, replicas: number, room: readonly number[]): Placement {
  const placed = placement.podsOnNode;
  const there = placed.reduce((a, b) => a + b, 0);
  if (placement.pending > 0 || there === 0) {
    return { ...placement, pending: replicas - there };
  }
  const most = placed.map((n, node) => (n === 0 ? 0 : Math.max(n, room[node] ?? 0)));
  const { pods, over } = levelFor(placed, most, replicas);
  const podsOnNode = placed.map((n, node) =>
    n === 0 ? 0 : Math.min(most[node] ?? 0, Math.floor((n * pods) / over)),
  );
  let left = replicas - podsOnNode.reduce((a, b) => a + b, 0);
  // What rounding left over, at the most one a node.
  for (let node = 0; node < podsOnNode.length && left > 0; node += 1) {
    if ((podsOnNode[node] ?? 0) >= (most[node] ?? 0)) continue;
    podsOnNode[node] = (podsOnNode[node] ?? 0) + 1;
    left -= 1;
  }
  return { ...placement, podsOnNode, pending: left };
}

/**
 * The multiple of what was placed, as a fraction, at which all pods have a node, nodes that are full left behind; infinite where they
 * all are.
 */
function levelFor(
  placed: readonly number[],
  most: readonly number[],
  replicas: number,
): { readonly pods: number; readonly over: number } {
  const byFullness = placed
    .map((n, node) => ({ n, most: most[node] ?? 0 }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => a.most / a.n - b.most / b.n);
  let open = byFullness.reduce((sum, { n }) => sum + n, 0);
  let left = replicas;
  for (const { n, most: full } of byFullness) {
    if (full / n >= left / open) return { pods: left, over: open };
    left -= full;
    open -= n;
  }
  return { pods: Infinity, over: 1 };
}

/** Pods of the workload that each node has room for beside what runs there, by what they ask for. Background load counts as its mean. */
export function roomOn({ nodes, pods, ...cluster }: Cluster, { template }: Workload): readonly number[] {
  const behaviour = releaseOf(cluster.kubernetesVersion).scheduler;
  const asked = amounts(podRequests(template.spec, behaviour));
  const background = pods.length === 0 ? (cluster.backgroundLoad ?? 0) / 2 : 0;
  const used = new Map<string, Record<string, number>>();
  for (const { spec } of pods) {
    if (!spec.nodeName) continue;
    const sum = used.get(spec.nodeName) ?? {};
    used.set(spec.nodeName, sum);
    for (const [name, amount] of Object.entries(amounts(podRequests(spec, behaviour))))
      sum[name] = (sum[name] ?? 0) + amount;
  }
  return nodes.map(({ name: node, allocatable }) =>
    Math.min(
      ...Object.entries(asked).map(([name, amount]) => {
        if (amount === 0) return Infinity;
        const all = (allocatable[name] ?? 0) * (LOADED.has(name) ? 1 - background : 1);
        return Math.max(0, Math.floor((all - (used.get(node)?.[name] ?? 0)) / amount));
      }),
    ),
  );
}

/** What background load is drawn for. */
const LOADED: ReadonlySet<string> = new Set(["cpu", "memory"]);

function amounts({ cpu, memory, ephemeralStorage, scalars }: Requests): Readonly<Record<string, number>> {
  return { ...scalars, cpu, memory, "ephemeral-storage": ephemeralStorage, pods: 1 };
}
