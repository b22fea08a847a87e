import type { Cluster, Workload } from "../model";
import { releaseOf } from "../releases";
import { selectNode, scheduler, type Scheduler } from "./cycle";
import { daemonPods, placeOnEveryNode } from "./every-node";
import { namespacesOf, settle, settledPods } from "./existing-pods";
import { fitError, NO_NODES } from "./fit-error";
import { tally } from "./counter";
import { checkpoint, emptyLoad, loadBackground, loadPod } from "./load";
import { nodeTable, type NodeTable } from "./node-table";
import { asTheNodeControllerHasIt } from "./node-taints";
import { makePlan, type Plan } from "./plan";
import { seededRandom, type Random } from "./random";
import { evenly, heapRoot } from "./ties";
import type { SpreadService } from "./plugins/spread-constraints";
import { ownerSelector, podOf } from "./workload-pods";

export interface PlacementRequest {
  readonly workload: Workload;
  /** How many pods to place. A workload that runs on every node ignores it. */
  readonly replicas: number;
  /** Services of the cluster; those that select the pods make the scheduler spread them. */
  readonly services: readonly SpreadService[];
  /**
   * Nodes, and the pods that are there already; pods of the workload itself stay and count. Where `pods` puts nothing on the nodes,
   * `backgroundLoad` is drawn anew for every trial.
   */
  readonly cluster: Cluster;
  /** How many times to place the workload, at least 1. */
  readonly trials: number;
  /** The same seed gives the same placements. */
  readonly seed: number;
}

/** Where the pods of a workload went in one trial. */
export interface Placement {
  /** New pods on each node, by index in `cluster.nodes`. */
  readonly podsOnNode: readonly number[];
  /** Pods that no node takes. */
  readonly pending: number;
  /** Why the first of them stays pending, in the scheduler's words: `0/10 nodes are available: 10 Insufficient cpu.` */
  readonly why?: string;
}

/**
 * Places the workload once for every trial, as kube-scheduler does with its default plugins (k/k pkg/scheduler, v1.36.3). Equal
 * scores are decided by the seed: in the real one the order of its sixteen workers decides, which nobody can know.
 */
export function placeReplicas(request: PlacementRequest): readonly Placement[] {
  const { workload, replicas, services, cluster, trials, seed } = request;
  const table = nodeTable(cluster.nodes.map(asTheNodeControllerHasIt));
  const behaviour = releaseOf(cluster.kubernetesVersion).scheduler;
  const pod = podOf(workload);
  const surroundings = {
    table,
    services,
    namespaces: namespacesOf([pod, ...cluster.pods]),
    behaviour,
  };
  const plan = makePlan(surroundings, pod, ownerSelector(workload));
  const daemons = workload.runs === "everyNode" ? daemonPods(surroundings, pod, plan) : undefined;
  const plans = daemons ? daemons.plans : [plan];
  const load = emptyLoad(table);
  const there = settledPods(table, cluster.pods, behaviour);
  for (const settled of there) settle(load, plans, settled);
  const background = there.length === 0 ? (cluster.backgroundLoad ?? 0) : 0;
  const own = plan.tallies(plan.facts);
  const backToStart = [checkpoint(load), ...plans.map((each) => each.checkpoint())];

  if (table.size === 0) {
    const none = { podsOnNode: [], pending: workload.runs === "everyNode" ? 0 : replicas, why: NO_NODES };
    return Array.from({ length: trials }, () => none);
  }
  const world = scheduler(table, load, heapRoot);
  return Array.from({ length: trials }, (_, trial) => {
    const random = seededRandom(seed, trial);
    world.choose = evenly(random);
    world.start = random.below(table.size);
    for (const back of backToStart) back();
    drawBackground(load, table, background, random);
    return daemons ? placeOnEveryNode(world, daemons) : placeOneByOne(world, plan, own, replicas);
  });
}

function drawBackground(load: Scheduler["load"], table: NodeTable, most: number, random: Random): void {
  if (most <= 0) return;
  for (let node = 0; node < table.size; node++) {
    loadBackground(load, table, node, random.next() * most, random.next() * most);
  }
}

function placeOneByOne(
  world: Scheduler,
  plan: Plan,
  own: ReturnType<Plan["tallies"]>,
  replicas: number,
): Placement {
  const podsOnNode = new Array<number>(world.table.size).fill(0);
  for (let placed = 0; placed < replicas; placed++) {
    const node = selectNode(world, plan);
    // What kept this pod out keeps the next one out: nothing has changed.
    if (node < 0) return { podsOnNode, pending: replicas - placed, why: fitError(world, plan) };
    loadPod(world.load, node, plan.facts.requests, plan.facts.hostPorts, 1);
    for (let index = 0; index < own.length; index++) tally(own[index]!, node, 1);
    podsOnNode[node]!++;
  }
  return { podsOnNode, pending: 0 };
}
