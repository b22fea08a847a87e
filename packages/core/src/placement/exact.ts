import type { LabelSelector, Node, Pod } from "../model";
import { releaseOf } from "../releases";
import { tally } from "./counter";
import { begin, candidateNodes, scheduler, selectNode, type Scheduler } from "./cycle";
import { namespacesOf, settle, settledPods } from "./existing-pods";
import { fitError, NO_NODES, rejectionOf, type Rejection } from "./fit-error";
import { emptyLoad, loadPod } from "./load";
import { nodeTable } from "./node-table";
import { makePlan, type Plan, type Surroundings } from "./plan";
import { SCORE_WEIGHTS, type ScorePluginName } from "./plugins/plugin";
import type { OwnerSelector, SpreadService } from "./plugins/spread-constraints";
import type { Namespace } from "./pod-facts";
import { asSelector } from "./selectors";
import { heapRoot } from "./ties";

/** A ReplicaSet, StatefulSet or ReplicationController, as far as default spreading asks. */
export interface PodOwner {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector;
}

/** What the scheduler sees. */
export interface SchedulerView {
  /** In the order in which they joined; the scheduler's own order follows from it. */
  readonly nodes: readonly Node[];
  /** Pods with `spec.nodeName`; others are not there. */
  readonly pods: readonly Pod[];
  readonly services?: readonly SpreadService[];
  readonly owners?: readonly PodOwner[];
  /** For affinity terms that select namespaces. Default: the namespaces that pods are in, with the label of their name. */
  readonly namespaces?: readonly Namespace[];
  /** Default: the newest that answers are given for. */
  readonly kubernetesVersion?: string;
}

export interface NodeScores {
  readonly node: string;
  /** Normalized and weighted; a plugin that skips the pod is absent. */
  readonly plugins: Readonly<Partial<Record<ScorePluginName, number>>>;
  readonly total: number;
}

/** What the default plugins make of one pod and every node. */
export interface PodScores {
  /** Why no node is looked at, where the pod's own terms exclude that. */
  readonly unfit?: string;
  /** Nodes that pass every filter, in the scheduler's order. */
  readonly scores: readonly NodeScores[];
  /** Nodes that do not. Those that the pod's terms pass over by name are in neither list. */
  readonly rejected: readonly Rejection[];
}

/** A node for the pod, or the scheduler's words why there is none. */
export type Scheduled = { readonly node: string } | { readonly unfit: string };

/** Scores and rejections of every node for one pod; no sampling, whatever the number of nodes. */
export function scorePod(view: SchedulerView, pod: Pod): PodScores {
  const { world, planOf } = worldOf(view, [pod]);
  const plan = planOf(pod);
  if (plan.named && "unfit" in plan.named) return { unfit: plan.named.unfit, scores: [], rejected: [] };
  begin(plan);
  const rejected: Rejection[] = [];
  let count = 0;
  for (const node of candidateNodes(world.table, plan) ?? []) {
    const rejection = rejectionOf(world, plan, node);
    if (rejection) rejected.push(rejection);
    else world.feasible[count++] = node;
  }
  return { scores: scoresOf(world, plan, count), rejected };
}

function scoresOf(
  { table, load, feasible, scores }: Scheduler,
  { scorers }: Plan,
  count: number,
): readonly NodeScores[] {
  const plugins = Array.from({ length: count }, (): Partial<Record<ScorePluginName, number>> => ({}));
  if (count > 0) {
    for (const { name, score } of scorers) {
      if (!score(feasible, count, load, scores)) continue;
      plugins.forEach((each, index) => (each[name] = SCORE_WEIGHTS[name] * scores[index]!));
    }
  }
  return plugins.map((each, index) => ({
    node: table.nodes[feasible[index]!]!.name,
    plugins: each,
    total: Object.values(each).reduce((sum, score) => sum + score, 0),
  }));
}

/**
 * Places pods one after another, each on top of those before it, as one kube-scheduler with a single worker does: same nodes, same
 * messages (k/k pkg/scheduler v1.36.3). No preemption.
 */
export function schedulePods(view: SchedulerView, pending: readonly Pod[]): readonly Scheduled[] {
  const { world, planOf, place } = worldOf(view, pending);
  if (world.table.size === 0) return pending.map(() => ({ unfit: NO_NODES }));
  return pending.map((pod) => {
    const plan = planOf(pod);
    const node = selectNode(world, plan);
    if (node < 0) return { unfit: fitError(world, plan) };
    place(plan, node);
    return { node: world.table.nodes[node]!.name };
  });
}

interface World {
  readonly world: Scheduler;
  /** Pods that are alike share a plan, made when the first of them comes. */
  readonly planOf: (pod: Pod) => Plan;
  readonly place: (plan: Plan, node: number) => void;
}

function worldOf(view: SchedulerView, pending: readonly Pod[]): World {
  const table = nodeTable(view.nodes);
  const load = emptyLoad(table);
  const behaviour = releaseOf(view.kubernetesVersion).scheduler;
  const there = [...settledPods(table, view.pods, behaviour)];
  for (const settled of there) settle(load, [], settled);
  const surroundings: Surroundings = {
    table,
    services: view.services ?? [],
    namespaces: view.namespaces ?? namespacesOf([...view.pods, ...pending]),
    behaviour,
  };
  const owners = new Map((view.owners ?? []).map((owner) => [ownerKey(owner.namespace, owner), owner]));
  const plans = new Map<string, Plan>();
  const planOf = (pod: Pod): Plan => {
    const key = likeness(pod);
    const known = plans.get(key);
    if (known) return known;
    const owner = pod.owner && owners.get(ownerKey(pod.namespace, pod.owner));
    const plan = makePlan(surroundings, pod, owner && selectorOf(owner));
    for (const { facts, node } of there) for (const change of plan.tallies(facts)) tally(change, node, 1);
    plans.set(key, plan);
    return plan;
  };
  const effects = new Map<Plan, Map<Plan, ReturnType<Plan["tallies"]>>>();
  const effectOf = (placed: Plan, on: Plan): ReturnType<Plan["tallies"]> => {
    const known = effects.get(placed) ?? new Map<Plan, ReturnType<Plan["tallies"]>>();
    effects.set(placed, known);
    const found = known.get(on) ?? on.tallies(placed.facts);
    known.set(on, found);
    return found;
  };
  return {
    world: scheduler(table, load, heapRoot),
    planOf,
    place: (placed, node) => {
      loadPod(load, node, placed.facts.requests, placed.facts.hostPorts, 1);
      for (const plan of plans.values()) for (const change of effectOf(placed, plan)) tally(change, node, 1);
      there.push({ facts: placed.facts, node });
    },
  };
}

function ownerKey(
  namespace: string,
  { kind, name }: { readonly kind: string; readonly name: string },
): string {
  return `${kind}/${namespace}/${name}`;
}

function selectorOf({ kind, selector }: PodOwner): OwnerSelector {
  return kind === "ReplicationController"
    ? { pairs: selector.matchLabels }
    : { selector: asSelector(selector) };
}

/** Everything of a pod that placement reads, as text. */
function likeness({ namespace, labels, owner, spec, terminating }: Pod): string {
  return JSON.stringify([namespace, labels, owner?.kind, owner?.name, spec, terminating]);
}
