import { zoneOf, type Node } from "../model";
import type { Plan } from "./plan";
import { hottest, spread, type Ground, type Spread } from "./spread";

/** What one placement comes to under one plan. */
export interface Trial {
  readonly spread: Spread;
  readonly hottest: number | undefined;
  readonly nodesServing: number;
  /** Targets that pass the balancer's check. */
  readonly targetsHealthy: number;
}

/** @param pods ready pods on each node, by index in `nodes` */
export function trial(plan: Plan, pods: readonly number[], nodes: readonly Node[], ground: Ground): Trial {
  const nodesServing = pods.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
  const { dealt, targetsHealthy } =
    plan.enters === "pods" ? toPods(plan, pods, nodes) : toNodes(plan, pods, nodes, ground);
  return { spread: dealt, hottest: hottest(pods, dealt), nodesServing, targetsHealthy };
}

interface Dealt {
  readonly dealt: Spread;
  readonly targetsHealthy: number;
}

function toNodes(
  plan: Plan & { enters: "nodes" },
  pods: readonly number[],
  nodes: readonly Node[],
  ground: Ground,
): Dealt {
  const any = pods.some((n) => n > 0);
  const healthy =
    plan.passing === "none" || (plan.passing === "all" && !any)
      ? []
      : plan.registered.filter((node) => plan.passing === "all" || (pods[node] ?? 0) > 0);
  // With no healthy target an NLB sends to every registered one; kube-proxy then drops where no endpoint is.
  const entered = healthy.length > 0 || !plan.failsOpen ? healthy : plan.registered;
  const weights = plan.weights(entered.map((node) => zone(nodes, node)));
  const entering = new Array<number>(nodes.length).fill(0);
  entered.forEach((node, index) => (entering[node] = weights[index] ?? 0));
  const dealt = entered.length === 0 ? nothing(nodes.length) : spread(pods, entering, plan.reach, ground);
  return { dealt, targetsHealthy: healthy.length };
}

/** Targets that a balancer is asked about at the most; more are asked about in proportion. */
const MOST_TARGETS = 5_000;

/** Pods of one zone are alike to a balancer, so each zone's part is asked for and dealt out over its pods. */
function toPods(plan: Plan & { enters: "pods" }, pods: readonly number[], nodes: readonly Node[]): Dealt {
  const inZone = new Map<string | undefined, number>();
  let total = 0;
  pods.forEach((n, node) => {
    if (n === 0) return;
    inZone.set(zone(nodes, node), (inZone.get(zone(nodes, node)) ?? 0) + n);
    total += n;
  });
  if (total === 0) return { dealt: nothing(nodes.length), targetsHealthy: 0 };
  const scale = Math.min(1, MOST_TARGETS / total);
  const asked = [...inZone].flatMap(([name, n]) =>
    new Array<string | undefined>(Math.max(1, Math.round(n * scale))).fill(name),
  );
  const part = new Map<string | undefined, number>();
  plan
    .weights(asked)
    .forEach((weight, index) => part.set(asked[index], (part.get(asked[index]) ?? 0) + weight));
  const toNode = pods.map((n, node) => {
    const name = zone(nodes, node);
    return n === 0 ? 0 : ((part.get(name) ?? 0) * n) / (inZone.get(name) ?? 1);
  });
  return { dealt: { toNode, dropped: 0, crossNode: 0, crossZone: 0 }, targetsHealthy: total };
}

function nothing(nodes: number): Spread {
  return { toNode: new Array<number>(nodes).fill(0), dropped: 1, crossNode: 0, crossZone: 0 };
}

function zone(nodes: readonly Node[], index: number): string | undefined {
  const node = nodes[index];
  return node && zoneOf(node);
}
