import { zoneOf, type Node } from "../model";
import type { NodePlan, Plan, PodPlan } from "./plan";
import { hottest, spread, type Ground, type Spread } from "./spread";

/** What one placement comes to under one plan. */
export interface Trial {
  readonly spread: Spread;
  readonly hottest: number | undefined;
  readonly nodesServing: number;
  /** Targets that pass the balancer's check. */
  readonly targetsHealthy: number;
}

/**
 * Tries placements under one plan, one at a time; what does not vary over them is worked out once. The function returned takes the
 * ready pods on each node, by index in `nodes`.
 */
export function trialsOf(
  plan: Plan,
  nodes: readonly Node[],
  ground: Ground,
): (pods: readonly number[]) => Trial {
  const zones = nodes.map(zoneOf);
  const deal = plan.enters === "pods" ? overPods(plan, zones) : toNodes(plan, zones, ground);
  return (pods) => {
    let nodesServing = 0;
    for (const n of pods) if (n > 0) nodesServing += 1;
    const { dealt, targetsHealthy } = deal(pods, nodesServing);
    return { spread: dealt, hottest: hottest(pods, dealt), nodesServing, targetsHealthy };
  };
}

interface Dealt {
  readonly dealt: Spread;
  readonly targetsHealthy: number;
}

export type Zones = readonly (string | undefined)[];

type Deal = (pods: readonly number[], nodesServing: number) => Dealt;

/** The fraction of new connections that enters each node, where those at the indices `entered` share them. */
export function entering(plan: NodePlan, zones: Zones): (entered: readonly number[]) => readonly number[] {
  return (entered) => {
    const weights = plan.weights(
      entered.map((node) => zones[node]),
      entered,
    );
    const fractions = new Array<number>(zones.length).fill(0);
    entered.forEach((node, index) => (fractions[node] = weights[index] ?? 0));
    return fractions;
  };
}

function toNodes(plan: NodePlan, zones: Zones, ground: Ground): Deal {
  const enter = entering(plan, zones);
  const everywhere = enter(plan.registered);
  return (pods, nodesServing) => {
    const healthy =
      plan.passing === "none" || nodesServing === 0
        ? []
        : plan.passing === "all"
          ? plan.registered
          : plan.registered.filter((node) => (pods[node] ?? 0) > 0);
    // With no healthy target an NLB sends to every registered one; kube-proxy then drops where no endpoint is.
    const entered = healthy.length > 0 || !plan.failsOpen ? healthy : plan.registered;
    if (entered.length === 0) return { dealt: nothing(zones.length), targetsHealthy: 0 };
    const fractions = entered === plan.registered ? everywhere : enter(entered);
    return { dealt: spread(pods, fractions, plan.reach, ground), targetsHealthy: healthy.length };
  };
}

/** Targets that a balancer is asked about at the most; more are asked about in proportion. */
const MOST_TARGETS = 5_000;

function overPods(plan: PodPlan, zones: Zones): Deal {
  const toNode = toPods(plan, zones);
  return (pods) => {
    const total = pods.reduce((sum, n) => sum + n, 0);
    if (total === 0) return { dealt: nothing(zones.length), targetsHealthy: 0 };
    return {
      dealt: { toNode: toNode(pods), dropped: 0, crossNode: 0, crossZone: 0 },
      targetsHealthy: total,
    };
  };
}

/**
 * The fraction of new connections that the targets on each node receive together. Pods of one zone are alike to a balancer, so each
 * zone's part is asked for and dealt out over its pods.
 */
export function toPods(plan: PodPlan, zones: Zones): (pods: readonly number[]) => readonly number[] {
  return (pods) => {
    const inZone = new Map<string | undefined, number>();
    let total = 0;
    pods.forEach((n, node) => {
      if (n > 0) inZone.set(zones[node], (inZone.get(zones[node]) ?? 0) + n);
      total += n;
    });
    const scale = Math.min(1, MOST_TARGETS / total);
    const asked = [...inZone].flatMap(([name, n]) =>
      new Array<string | undefined>(Math.max(1, Math.round(n * scale))).fill(name),
    );
    const part = new Map<string | undefined, number>();
    plan
      .weights(asked)
      .forEach((weight, index) => part.set(asked[index], (part.get(asked[index]) ?? 0) + weight));
    return pods.map((n, node) =>
      n === 0 ? 0 : ((part.get(zones[node]) ?? 0) * n) / (inZone.get(zones[node]) ?? 1),
    );
  };
}

function nothing(nodes: number): Spread {
  return { toNode: new Array<number>(nodes).fill(0), dropped: 1, crossNode: 0, crossZone: 0 };
}
