import type { Labels, PodAffinityTerm, PodSpec } from "../model";
import type { SchedulerTraits } from "../releases";
import { hostPorts, type HostPort } from "./host-ports";
import { podRequests, type Requests } from "./requests";
import { asSelector, both, fromPairs, NOTHING, type Selector } from "./selectors";

/** A pod before or after it is placed, as far as placement asks. */
export interface PlacedPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly terminating?: boolean;
}

/** A namespace that affinity terms can select by label. */
export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
}

/** An affinity term with its selectors read. */
export interface AffinityTerm {
  readonly topologyKey: string;
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: Selector;
  readonly selector: Selector;
}

export interface WeightedTerm {
  readonly term: AffinityTerm;
  /** Negative for anti-affinity. */
  readonly weight: number;
}

/** What other pods and nodes see of a pod. */
export interface PodFacts {
  readonly namespace: string;
  readonly labels: Labels;
  readonly terminating: boolean;
  readonly requests: Requests;
  readonly hostPorts: readonly HostPort[];
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
}

export function podFacts(
  { namespace, labels, spec, terminating = false }: PlacedPod,
  behaviour: SchedulerTraits,
): PodFacts {
  const near = spec.affinity?.podAffinity;
  const far = spec.affinity?.podAntiAffinity;
  const term = (written: PodAffinityTerm): AffinityTerm => affinityTerm(written, namespace, labels);
  return {
    namespace,
    labels,
    terminating,
    requests: podRequests(spec, behaviour),
    hostPorts: hostPorts(spec, behaviour.sidecarPorts),
    requiredAffinity: (near?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(term),
    requiredAntiAffinity: (far?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(term),
    preferred: [
      ...(near?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight, podAffinityTerm }) => ({
        term: term(podAffinityTerm),
        weight,
      })),
      ...(far?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight, podAffinityTerm }) => ({
        term: term(podAffinityTerm),
        weight: -weight,
      })),
    ],
  };
}

/**
 * `matchLabelKeys` and `mismatchLabelKeys` are folded into the selector when the API server stores a pod, so the scheduler never
 * reads them (k/k pkg/registry/core/pod/strategy.go applyMatchLabelKeysAndMismatchLabelKeys). A pod that comes from a live cluster
 * has them folded in already; doing it again changes nothing.
 */
function affinityTerm(written: PodAffinityTerm, namespace: string, labels: Labels): AffinityTerm {
  const named = written.namespaces ?? [];
  const own = named.length === 0 && written.namespaceSelector === undefined;
  return {
    topologyKey: written.topologyKey,
    namespaces: new Set(own ? [namespace] : named),
    namespaceSelector: asSelector(written.namespaceSelector),
    selector: written.labelSelector
      ? withLabelKeys(asSelector(written.labelSelector), written, labels)
      : asSelector(undefined),
  };
}

function withLabelKeys(
  selector: Selector,
  { matchLabelKeys, mismatchLabelKeys }: PodAffinityTerm,
  labels: Labels,
): Selector {
  const there = (keys: readonly string[] | undefined): readonly (readonly [string, string])[] =>
    (keys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  const same = fromPairs(Object.fromEntries(there(matchLabelKeys)));
  const different = there(mismatchLabelKeys).map(([key, value]): Selector => ({
    matches: (other) => other[key] !== value,
    empty: false,
  }));
  return [same, ...different].reduce(both, selector);
}

/** `AffinityTerm.Matches`; `namespaceLabels` are empty where the scheduler does not look them up. */
export function termMatches(term: AffinityTerm, pod: PodFacts, namespaceLabels: Labels): boolean {
  return (
    (term.namespaces.has(pod.namespace) || term.namespaceSelector.matches(namespaceLabels)) &&
    term.selector.matches(pod.labels)
  );
}

/** Names the namespaces that the selector of a term picks, which is done for the terms of the pod being placed only. */
export function withNamespaces(
  term: AffinityTerm,
  namespaces: readonly Namespace[],
  { namespaceSelectorKept }: SchedulerTraits,
): AffinityTerm {
  if (term.namespaceSelector.empty) return term;
  const picked = namespaces
    .filter(({ labels }) => term.namespaceSelector.matches(labels))
    .map(({ name }) => name);
  return {
    ...term,
    namespaces: new Set([...term.namespaces, ...picked]),
    namespaceSelector: namespaceSelectorKept ? term.namespaceSelector : NOTHING,
  };
}
