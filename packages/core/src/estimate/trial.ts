import type { Node } from "../model";
import type { DataPath, NodePath, PodPath } from "./data-path";
import { hottest, spread, type Ground, type Spread } from "./spread";

/** What one placement comes to under one path, in one of the draws of its load balancer. */
export interface Trial {
  readonly probability: number;
  readonly spread: Spread;
  readonly hottest: number | undefined;
  readonly nodesServing: number;
  /** Nodes, or pods, that the load balancer has as targets. */
  readonly targets: number;
  /** Targets that pass the load balancer's check. */
  readonly targetsHealthy: number;
}

/**
 * Tries placements under one path, one at a time; what does not vary over them is worked out once. The function returned is given the
 * ready pods on each node, by index in `nodes`.
 */
export function trialsOf(
  path: DataPath,
  nodes: readonly Node[],
  ground: Ground,
): (pods: readonly number[]) => readonly Trial[] {
  const enter = path.enters === "pods" ? overPods(path, nodes.length) : toNodes(path, nodes.length, ground);
  return (pods) => {
    let withPods = 0;
    for (const n of pods) if (n > 0) withPods += 1;
    const nodesServing = servingNodes(path, withPods);
    return enter(pods, withPods).map((one) => ({
      ...one,
      hottest: hottest(pods, one.spread),
      nodesServing,
    }));
  };
}

/** Nodes whose pods receive: under Local only those of the one node that all connections enter by, where there is one. */
export function servingNodes(path: DataPath, withPods: number): number {
  const onlyOne = path.enters === "nodes" && path.entersOneNode === true && path.reach === "local";
  return onlyOne ? Math.min(1, withPods) : withPods;
}

type Entered = Pick<Trial, "probability" | "spread" | "targets" | "targetsHealthy">;
type Enter = (pods: readonly number[], nodesServing: number) => readonly Entered[];

function toNodes(path: NodePath, size: number, ground: Ground): Enter {
  const everywhere = onceFor(path);
  return (pods, nodesServing) => {
    const targets = targetsAmong(path, pods);
    const healthy = passing(path, targets, pods, nodesServing);
    // Without a healthy target a load balancer that fails open sends to every target; kube-proxy then drops where no endpoint is.
    const entered = healthy.length > 0 || !path.failsOpen ? healthy : targets;
    const counts = { targets: targets.length, targetsHealthy: healthy.length };
    if (entered.length === 0) return [{ probability: 1, spread: nothing(size), ...counts }];
    const draws = entered === path.registered ? everywhere(pods) : path.weigh(entered, pods);
    return draws.map(({ probability, fractions }) => ({
      probability,
      spread: spread(pods, fractions, path.reach, ground),
      ...counts,
    }));
  };
}

/** Registered nodes; where the load balancer keeps only those with an endpoint, these. */
function targetsAmong(
  { registered, onlyWithEndpoint }: NodePath,
  pods: readonly number[],
): readonly number[] {
  return onlyWithEndpoint ? registered.filter((node) => (pods[node] ?? 0) > 0) : registered;
}

function passing(
  { passes }: NodePath,
  targets: readonly number[],
  pods: readonly number[],
  nodesServing: number,
): readonly number[] {
  switch (passes) {
    case "nowhere":
      return [];
    case "everywhere":
      return targets;
    case "whileServed":
      return nodesServing > 0 ? targets : [];
    case "readyHere":
    case "servedHere":
      return targets.filter((node) => (pods[node] ?? 0) > 0);
  }
}

/** Most placements enter every registered node; the answer then is the same where pods have no part in the weights. */
function onceFor(path: NodePath): (pods: readonly number[]) => ReturnType<NodePath["weigh"]> {
  if (path.weighsByPods) return (pods) => path.weigh(path.registered, pods);
  let known: ReturnType<NodePath["weigh"]> | undefined;
  return (pods) => (known ??= path.weigh(path.registered, pods));
}

function overPods(path: PodPath, size: number): Enter {
  return (pods) => {
    let total = 0;
    const entered: number[] = [];
    pods.forEach((n, node) => {
      if (n > 0) entered.push(node);
      total += n;
    });
    const isHealthy = path.passes !== "nowhere";
    const counts = { targets: total, targetsHealthy: isHealthy ? total : 0 };
    if (total === 0 || !(isHealthy || path.failsOpen))
      return [{ probability: 1, spread: nothing(size), ...counts }];
    return path.weigh(entered, pods).map(({ probability, fractions }) => ({
      probability,
      spread: { toNode: fractions, dropped: 0, crossNode: 0, crossZone: 0 },
      ...counts,
    }));
  };
}

function nothing(nodes: number): Spread {
  return { toNode: new Array<number>(nodes).fill(0), dropped: 1, crossNode: 0, crossZone: 0 };
}
