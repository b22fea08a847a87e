import { zoneOf, type Node } from "../../model";
import { groundOf, type NodePlan, type PodPlan } from "../plan";
import { spread } from "../spread";
import { entering, toPods } from "../trial";
import type { Scene } from "./timeline";

/** What becomes of new connections at one moment. */
export interface Flow {
  readonly dropped: number;
  /** Share of the hottest pod. */
  readonly most: number;
  /** Pods that can receive anything and answer. */
  readonly receivers: number;
  readonly nodesServing: number;
}

/** Where new connections enter at one moment, and who is still there. */
export interface Entrance {
  readonly scene: Scene;
  /** Whether the node is there and not lost, whatever anybody knows of it. */
  readonly alive: (node: number) => boolean;
  /** Indices of the nodes that are entered. */
  readonly entered: readonly number[];
}

/** kube-proxy's choice on every node that is entered, at one moment after another. */
export function flowsOverNodes(plan: NodePlan, nodes: readonly Node[]): (entrance: Entrance) => Flow {
  const zones = nodes.map(zoneOf);
  const ground = groundOf(nodes);
  const enter = remembered(entering(plan, zones));
  return ({ scene: { ready, terminating }, alive, entered }) => {
    const { used, reach } = usedEndpoints(plan, ready, terminating);
    const fractions = enter(entered);
    const arriving = fractions.map((fraction, node) => (alive(node) ? fraction : 0));
    const unserved = entered.length === 0 ? 1 : total(fractions) - total(arriving);
    const { toNode, dropped } =
      total(arriving) > 0 ? spread(used, arriving, reach, ground) : { toNode: [], dropped: 0 };
    let lost = dropped + unserved;
    let most = 0;
    let receivers = 0;
    used.forEach((pods, node) => {
      const part = toNode[node] ?? 0;
      if (!alive(node)) lost += part;
      else if (pods > 0) {
        most = Math.max(most, part / pods);
        receivers += pods;
      }
    });
    return { dropped: clamp(lost), most, receivers, nodesServing: servingNodes(ready, alive) };
  };
}

/**
 * The endpoints on each node that kube-proxies use: ready ones, or where there are none (under Local: on this node; else: anywhere)
 * those that terminate and still serve, hints or no hints. Kubernetes `pkg/proxy/topology.go` CategorizeEndpoints.
 */
function usedEndpoints(
  { reach }: NodePlan,
  ready: readonly number[],
  terminating: readonly number[],
): { readonly used: readonly number[]; readonly reach: NodePlan["reach"] } {
  if (reach === "local") return { used: localEndpoints(ready, terminating), reach };
  return ready.some((pods) => pods > 0) ? { used: ready, reach } : { used: terminating, reach: "cluster" };
}

/** What a Local policy leaves on each node. */
export function localEndpoints(ready: readonly number[], terminating: readonly number[]): readonly number[] {
  return ready.map((pods, node) => (pods > 0 ? pods : (terminating[node] ?? 0)));
}

/** Pods as targets, at one moment: how many are sent to on each node, and how many of them answer. */
export interface PodEntrance {
  readonly scene: Scene;
  readonly alive: (node: number) => boolean;
  readonly entered: readonly number[];
  readonly answering: readonly number[];
  /** Pods on each node that answer, sent to or not. */
  readonly receivers: readonly number[];
}

export function flowsOverPods(plan: PodPlan, nodes: readonly Node[]): (entrance: PodEntrance) => Flow {
  const deal = remembered(toPods(plan, nodes.map(zoneOf)));
  return ({ scene, alive, entered, answering, receivers }) => {
    let dropped = entered.some((pods) => pods > 0) ? 0 : 1;
    let most = 0;
    deal(entered).forEach((part, node) => {
      const sent = entered[node] ?? 0;
      const answer = answering[node] ?? 0;
      if (sent === 0) return;
      dropped += (part * (sent - answer)) / sent;
      if (answer > 0) most = Math.max(most, part / sent);
    });
    return {
      dropped: clamp(dropped),
      most,
      receivers: total(receivers),
      nodesServing: servingNodes(scene.ready, alive),
    };
  };
}

function servingNodes(ready: readonly number[], alive: (node: number) => boolean): number {
  return ready.reduce((count, pods, node) => count + (pods > 0 && alive(node) ? 1 : 0), 0);
}

/** The same list is asked about in most trials and moments. */
function remembered<T>(work: (list: readonly number[]) => T): (list: readonly number[]) => T {
  const known = new Map<string, T>();
  return (list) => {
    const key = list.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = work(list);
    if (known.size < MOST_REMEMBERED) known.set(key, made);
    return made;
  };
}

const MOST_REMEMBERED = 1_000;

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A fraction is a sum of many: what rounding leaves over is no loss, and what it takes away no rest. */
function clamp(fraction: number): number {
  if (fraction < ROUNDING) return 0;
  return fraction > 1 - ROUNDING ? 1 : fraction;
}

const ROUNDING = 1e-12;
