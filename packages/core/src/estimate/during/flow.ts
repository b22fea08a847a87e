import type { Draw, Weigh } from "../../balancers";
import type { Node } from "../../model";
import { groundOf, type NodePath, type PodPath } from "../data-path";
import { spread } from "../spread";
import { servingNodes } from "../trial";
import type { Endpoints } from "./timeline";

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
  readonly endpoints: Endpoints;
  /** Whether the node is there and not lost, whatever anybody knows of it. */
  readonly alive: (node: number) => boolean;
  /** Indices of the nodes that are entered. */
  readonly entered: readonly number[];
}

/** kube-proxy's choice on every node that is entered, at one moment after another. */
export function flowsOverNodes(path: NodePath, nodes: readonly Node[]): (entrance: Entrance) => Flow {
  const ground = groundOf(nodes);
  const enter = remembered(path.weigh, path.weighsByPods === true);
  return ({ endpoints: { ready, terminating }, alive, entered }) => {
    const { used, reach } = usedEndpoints(path, ready, terminating);
    const over = ({ fractions }: Draw): Flow => {
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
      return {
        dropped: clamp(lost),
        most,
        receivers,
        nodesServing: servingNodes(path, nodesWithPods(ready, alive)),
      };
    };
    return expected(enter(entered, ready), over);
  };
}

/** What is to be expected over the draws of the load balancer; of the hottest pod the highest. */
function expected(draws: readonly Draw[], over: (draw: Draw) => Flow): Flow {
  const [first, ...others] = draws;
  const flow = over(first ?? { probability: 1, fractions: [] });
  if (!first || others.length === 0) return flow;
  return others.reduce<Flow>(
    (sum, draw) => {
      const { dropped, most } = over(draw);
      return { ...sum, dropped: sum.dropped + draw.probability * dropped, most: Math.max(sum.most, most) };
    },
    { ...flow, dropped: first.probability * flow.dropped },
  );
}

/**
 * The endpoints on each node that kube-proxies use: ready ones, or where there are none (under Local: on this node; else: anywhere)
 * those that terminate and still serve, hints or no hints. Kubernetes `pkg/proxy/topology.go` CategorizeEndpoints.
 */
function usedEndpoints(
  { reach }: NodePath,
  ready: readonly number[],
  terminating: readonly number[],
): { readonly used: readonly number[]; readonly reach: NodePath["reach"] } {
  if (reach === "local") return { used: localEndpoints(ready, terminating), reach };
  return ready.some((pods) => pods > 0) ? { used: ready, reach } : { used: terminating, reach: "cluster" };
}

/** What a Local policy leaves on each node. */
export function localEndpoints(ready: readonly number[], terminating: readonly number[]): readonly number[] {
  return ready.map((pods, node) => (pods > 0 ? pods : (terminating[node] ?? 0)));
}

/** Pods as targets, at one moment: how many are sent to on each node, and how many of them answer. */
export interface PodEntrance {
  readonly endpoints: Endpoints;
  readonly alive: (node: number) => boolean;
  readonly entered: readonly number[];
  readonly answering: readonly number[];
  /** Pods on each node that answer, sent to or not. */
  readonly receivers: readonly number[];
}

export function flowsOverPods(path: PodPath, nodes: readonly Node[]): (entrance: PodEntrance) => Flow {
  const enter = remembered((targets, pods) => path.weigh(targets, pods), true);
  return ({ endpoints, alive, entered, answering, receivers }) => {
    const targets = nodes.flatMap((_, node) => ((entered[node] ?? 0) > 0 ? [node] : []));
    const over = ({ fractions }: Draw): Flow => {
      let dropped = targets.length > 0 ? 0 : 1;
      let most = 0;
      for (const node of targets) {
        const part = fractions[node] ?? 0;
        const sent = entered[node] ?? 0;
        const answer = answering[node] ?? 0;
        dropped += (part * (sent - answer)) / sent;
        if (answer > 0) most = Math.max(most, part / sent);
      }
      return {
        dropped: clamp(dropped),
        most,
        receivers: total(receivers),
        nodesServing: nodesWithPods(endpoints.ready, alive),
      };
    };
    return expected(enter(targets, entered), over);
  };
}

function nodesWithPods(ready: readonly number[], alive: (node: number) => boolean): number {
  return ready.reduce((count, pods, node) => count + (pods > 0 && alive(node) ? 1 : 0), 0);
}

/** The same targets are asked about in most trials and moments. */
function remembered(weigh: Weigh, byPods: boolean): Weigh {
  const known = new Map<string, readonly Draw[]>();
  return (entered, pods) => {
    const key = byPods ? `${entered.join()}/${entered.map((target) => pods[target]).join()}` : entered.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = weigh(entered, pods);
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
