import type { Labels } from "../model";
import type { SchedulerTraits } from "../releases";
import { checkpointCounters, type Tally } from "./counter";
import type { NodeTable } from "./node-table";
import { affinityFilter } from "./plugins/affinity-filter";
import { affinityScorer } from "./plugins/affinity-scorer";
import { imageScorer } from "./plugins/image-locality";
import {
  matchesRequired,
  nodeAffinityFilter,
  nodeAffinityScorer,
  type NamedNodes,
} from "./plugins/node-affinity";
import { nodeNameFilter, nodesNamed } from "./plugins/node-name";
import { nodePortsFilter } from "./plugins/node-ports";
import { unschedulableFilter } from "./plugins/node-unschedulable";
import type { NodeFilter, NodeScorer } from "./plugins/plugin";
import { resourcePlugins } from "./plugins/resource-plugins";
import {
  defaultSelector,
  spreadConstraints,
  type OwnerSelector,
  type SpreadService,
} from "./plugins/spread-constraints";
import { spreadFilter } from "./plugins/spread-filter";
import { spreadScorer } from "./plugins/spread-scorer";
import { taintFilter, taintScorer, untolerated } from "./plugins/taint-toleration";
import { podFacts, withNamespaces, type Namespace, type PlacedPod, type PodFacts } from "./pod-facts";

/** What surrounds the pods: the nodes, the Services and namespaces, what the version does. */
export interface Surroundings {
  readonly table: NodeTable;
  readonly services: readonly SpreadService[];
  readonly namespaces: readonly Namespace[];
  readonly behaviour: SchedulerTraits;
}

/**
 * A pod template prepared against the nodes: the scheduler's plugins with everything worked out that does not change while pods are
 * placed. Pods of one template share a plan.
 */
export interface Plan {
  readonly facts: PodFacts;
  readonly named: NamedNodes;
  /** In the scheduler's order; the first that rejects a node gives the reason. */
  readonly filters: readonly Omit<NodeFilter, "begin">[];
  /** Nodes that the filters which never change their mind let through. */
  readonly admissible: Uint8Array;
  /** The filters that depend on the pods that are there. */
  readonly changing: readonly NodeFilter[];
  readonly scorers: readonly NodeScorer[];
  /** Those that can make a difference between nodes. */
  readonly deciding: readonly NodeScorer[];
  /** What a placed pod of some kind changes for this plan. */
  readonly tallies: (pod: PodFacts) => readonly Tally[];
  /** A function that puts the counts back to what they are now. */
  readonly checkpoint: () => () => void;
}

export function makePlan(
  { table, services, namespaces, behaviour }: Surroundings,
  pod: PlacedPod,
  owner: OwnerSelector = {},
): Plan {
  const { nodes } = table;
  const { spec } = pod;
  const tolerations = spec.tolerations ?? [];
  const facts = podFacts(pod, behaviour);
  const own = ownTermsNamed(facts, namespaces, behaviour);
  const namespaceLabels: Labels = namespaces.find(({ name }) => name === pod.namespace)?.labels ?? {};
  const inclusion = {
    matchesAffinity: Uint8Array.from(nodes, (node) => (matchesRequired(spec, node) ? 1 : 0)),
    toleratesTaints: Uint8Array.from(nodes, (node) => (untolerated(node, tolerations) ? 0 : 1)),
  };
  const same = defaultSelector(pod, services, owner);
  const resources = resourcePlugins(table, facts.requests, behaviour);
  const hardSpread = spreadFilter(
    table,
    pod,
    spreadConstraints(pod, "DoNotSchedule", same, behaviour),
    inclusion,
  );
  const softSpread = spreadScorer(
    table,
    pod,
    spreadConstraints(pod, "ScheduleAnyway", same, behaviour),
    inclusion,
    (spec.topologySpreadConstraints ?? []).length > 0,
  );
  const together = affinityFilter(table, own, namespaceLabels);
  const preferences = affinityScorer(table, own, namespaceLabels);

  const byName = nodeNameFilter(nodes, spec.nodeName);
  const fixed = [
    ...(behaviour.nodeNameFirst ? [byName] : []),
    unschedulableFilter(nodes, tolerations),
    ...(behaviour.nodeNameFirst ? [] : [byName]),
    taintFilter(nodes, tolerations, behaviour),
    nodeAffinityFilter(inclusion.matchesAffinity),
  ];
  const changing = [nodePortsFilter(facts.hostPorts), resources.filter, hardSpread, together].filter(isThere);
  const scorers = [
    taintScorer(nodes, tolerations),
    nodeAffinityScorer(nodes, spec),
    resources.fitScorer,
    softSpread,
    preferences,
    resources.balanceScorer,
    imageScorer(nodes, spec),
  ].filter(isThere);
  const counters = [...(hardSpread?.counters ?? []), ...(softSpread?.counters ?? [])];
  return {
    facts,
    named: nodesNamed(spec, behaviour),
    filters: [...fixed, ...changing],
    admissible: Uint8Array.from(nodes, (_, node) => (fixed.every(({ passes }) => passes(node)) ? 1 : 0)),
    changing,
    scorers,
    deciding: scorers.filter(({ flat }) => !flat),
    tallies: (other) => [
      ...(hardSpread?.tallies(other) ?? []),
      ...(softSpread?.tallies(other) ?? []),
      ...together.tallies(other),
      ...preferences.tallies(other),
    ],
    checkpoint: () =>
      checkpointCounters(() => [...counters, ...together.counters(), ...preferences.counters()]),
  };
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function ownTermsNamed(
  facts: PodFacts,
  namespaces: readonly Namespace[],
  behaviour: SchedulerTraits,
): PodFacts {
  return {
    ...facts,
    requiredAffinity: facts.requiredAffinity.map((term) => withNamespaces(term, namespaces, behaviour)),
    requiredAntiAffinity: facts.requiredAntiAffinity.map((term) =>
      withNamespaces(term, namespaces, behaviour),
    ),
    preferred: facts.preferred.map(({ term, weight }) => ({
      term: withNamespaces(term, namespaces, behaviour),
      weight,
    })),
  };
}
