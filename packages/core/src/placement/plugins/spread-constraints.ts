import {
  HOSTNAME_LABEL,
  ZONE_LABEL,
  mapSelects,
  type Labels,
  type TopologySpreadConstraint,
} from "../../model";
import type { SchedulerTraits } from "../../releases";
import { counterOver, type Counter, type Tally } from "../counter";
import type { NodeTable } from "../node-table";
import type { PlacedPod, PodFacts } from "../pod-facts";
import { asSelector, both, EVERYTHING, fromPairs, type Selector } from "../selectors";

/** A constraint with its selector read and its defaults filled in. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly selector: Selector;
  readonly minDomains: number;
  readonly honorAffinity: boolean;
  readonly honorTaints: boolean;
}

export type WhenUnsatisfiable = TopologySpreadConstraint["whenUnsatisfiable"];

/** k/k plugins/podtopologyspread/plugin.go systemDefaultConstraints. */
const SYSTEM_DEFAULTS = [
  { topologyKey: HOSTNAME_LABEL, maxSkew: 3, whenUnsatisfiable: "ScheduleAnyway" },
  { topologyKey: ZONE_LABEL, maxSkew: 5, whenUnsatisfiable: "ScheduleAnyway" },
] as const satisfies readonly TopologySpreadConstraint[];

/**
 * The constraints of one kind. A pod without any of its own, of either kind, has the system's, over the pods that `defaultSelector`
 * matches; without Services and owner there are none.
 */
export function spreadConstraints(
  { labels, spec }: PlacedPod,
  kind: WhenUnsatisfiable,
  defaultSelector: Selector,
  traits: SchedulerTraits,
): readonly SpreadConstraint[] {
  const own = spec.topologySpreadConstraints ?? [];
  const read = (constraint: TopologySpreadConstraint): SpreadConstraint => ({
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    selector: counting(withMatchLabels(asSelector(constraint.labelSelector), constraint, labels), traits),
    minDomains: constraint.minDomains ?? 1,
    honorAffinity: (constraint.nodeAffinityPolicy ?? "Honor") === "Honor",
    honorTaints: constraint.nodeTaintsPolicy === "Honor",
  });
  if (own.length > 0) return own.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind).map(read);
  if (defaultSelector.empty) return [];
  return SYSTEM_DEFAULTS.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind).map((constraint) => ({
    ...read(constraint),
    selector: defaultSelector,
  }));
}

/** Up to 1.37 nothing counts under a selector without requirements (common.go countPodsMatchSelector). */
function counting(selector: Selector, { emptySpreadSelectorCounts }: SchedulerTraits): Selector {
  return selector.empty && emptySpreadSelectorCounts ? { ...selector, empty: false } : selector;
}

function withMatchLabels(
  selector: Selector,
  { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint,
  labels: Labels,
): Selector {
  if (!labelSelector) return selector;
  const there = matchLabelKeys.flatMap((key) =>
    labels[key] === undefined ? [] : [[key, labels[key]] as const],
  );
  return both(fromPairs(Object.fromEntries(there)), selector);
}

/** A Service as far as default spreading asks. */
export interface SpreadService {
  readonly namespace: string;
  readonly selector?: Labels;
}

/** What a pod's owner adds to default spreading; the owner is a ReplicaSet, a StatefulSet or a ReplicationController. */
export interface OwnerSelector {
  /** Of a ReplicaSet (for a Deployment `pod-template-hash` included) or StatefulSet. */
  readonly selector?: Selector;
  /** Of a ReplicationController, which selects as a Service does. */
  readonly pairs?: Labels;
}

/**
 * Which pods count as "the same" for default spreading: those that all Services of the pod and its owner select together
 * (k/k plugins/helper/spread.go DefaultSelector).
 */
export function defaultSelector(
  { namespace, labels }: PlacedPod,
  services: readonly SpreadService[],
  { selector = EVERYTHING, pairs = {} }: OwnerSelector,
): Selector {
  const merged: Record<string, string> = {};
  for (const service of services) {
    if (service.namespace === namespace && mapSelects(service.selector, labels))
      Object.assign(merged, service.selector);
  }
  return both(fromPairs({ ...merged, ...pairs }), selector);
}

/** Pods that spreading counts: same namespace, selected, not terminating. */
function counts({ selector }: SpreadConstraint, namespace: string, pod: PodFacts): boolean {
  return !selector.empty && !pod.terminating && pod.namespace === namespace && selector.matches(pod.labels);
}

/** Whether a node takes part in each constraint's counting. */
export interface Inclusion {
  /** The node matches the pod's node selector and required node affinity. */
  readonly matchesAffinity: Uint8Array;
  /** The pod tolerates every NoSchedule and NoExecute taint of the node. */
  readonly toleratesTaints: Uint8Array;
}

export function includes(
  { honorAffinity, honorTaints }: SpreadConstraint,
  { matchesAffinity, toleratesTaints }: Inclusion,
  node: number,
): boolean {
  return (!honorAffinity || matchesAffinity[node] === 1) && (!honorTaints || toleratesTaints[node] === 1);
}

/** Nodes that have the label of every constraint. */
export function nodesWithAllKeys(table: NodeTable, constraints: readonly SpreadConstraint[]): Uint8Array {
  const all = constraints.map(({ topologyKey }) => table.domains(topologyKey).of);
  return Uint8Array.from(table.nodes, (_, node) => (all.every((of) => of[node]! >= 0) ? 1 : 0));
}

/** A counter of matching pods by domain, over the nodes where `counted` holds. */
export function podCounter(
  domainOf: Int32Array,
  domains: number,
  counted: (node: number) => boolean,
): Counter {
  return counterOver(
    domainOf.map((domain, node) => (counted(node) ? domain : -1)),
    domains,
  );
}

export function talliesOf(
  entries: readonly { readonly constraint: SpreadConstraint; readonly counter: Counter }[],
  namespace: string,
  pod: PodFacts,
): readonly Tally[] {
  return entries
    .filter(({ constraint }) => counts(constraint, namespace, pod))
    .map(({ counter }) => ({ counter, weight: 1 }));
}
