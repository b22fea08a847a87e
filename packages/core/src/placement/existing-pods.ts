import type { Pod } from "../model";
import type { SchedulerTraits } from "../releases";
import { tally } from "./counter";
import { loadPod, type Load } from "./load";
import type { NodeTable } from "./node-table";
import type { Plan } from "./plan";
import { podFacts, type Namespace, type PodFacts } from "./pod-facts";

/** A pod on a node of the table. */
export interface SettledPod {
  readonly facts: PodFacts;
  readonly node: number;
}

/** Pods that hold something on a node: bound, and not yet ended. The scheduler's cache drops ended ones. */
export function settledPods(
  table: NodeTable,
  pods: readonly Pod[],
  behaviour: SchedulerTraits,
): readonly SettledPod[] {
  return pods.flatMap((pod) => {
    const node = pod.spec.nodeName === undefined ? undefined : table.indexOf.get(pod.spec.nodeName);
    if (node === undefined || pod.phase === "Succeeded" || pod.phase === "Failed") return [];
    return [{ facts: podFacts(pod, behaviour), node }];
  });
}

export function settle(
  load: Load,
  plans: readonly Plan[],
  { facts, node }: SettledPod,
  sign: 1 | -1 = 1,
): void {
  loadPod(load, node, facts.requests, facts.hostPorts, sign);
  for (const plan of plans) for (const change of plan.tallies(facts)) tally(change, node, sign);
}

/** The namespaces that pods are in, with the one label that every namespace has. */
export function namespacesOf(pods: readonly { readonly namespace: string }[]): readonly Namespace[] {
  return [...new Set(pods.map(({ namespace }) => namespace))].map((name) => ({
    name,
    labels: { "kubernetes.io/metadata.name": name },
  }));
}
