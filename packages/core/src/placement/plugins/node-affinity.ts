import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from "../../model";
import { normalize, type FixedFilter, type NodeScorer } from "./plugin";

/** Terms are ORed; a term without any requirement matches nothing (component-helpers nodeaffinity.go). */
function termsMatch(terms: readonly NodeSelectorTerm[], node: Node): boolean {
  return terms.some((term) => termMatchesNode(term, node));
}

function termMatchesNode({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => holds(requirement, node.labels[requirement.key])) &&
    matchFields.every((requirement) => fieldHolds(requirement, node))
  );
}

/** `labels.Requirement.Matches`. */
function holds({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
    case "Lt": {
      const [limit] = values;
      if (value === undefined || limit === undefined) return false;
      const seen = wholeNumber(value);
      const bound = wholeNumber(limit);
      if (seen === undefined || bound === undefined) return false;
      return operator === "Gt" ? seen > bound : seen < bound;
    }
  }
}

/** `strconv.ParseInt(text, 10, 64)`. */
function wholeNumber(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** `metadata.name` is the only field there is; any other counts as empty. */
function fieldHolds({ key, operator, values = [] }: NodeSelectorRequirement, node: Node): boolean {
  const value = key === "metadata.name" ? node.name : "";
  if (values.length !== 1) return false;
  return operator === "In" ? values[0] === value : operator === "NotIn" && values[0] !== value;
}

/** `nodeSelector` and required node affinity together (nodeaffinity.GetRequiredNodeAffinity). */
export function matchesRequired({ nodeSelector = {}, affinity }: PodSpec, node: Node): boolean {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value) &&
    (required === undefined || termsMatch(required.nodeSelectorTerms, node))
  );
}

/** What the plugins say before any node is looked at. */
export type NamedNodes =
  /** Only these nodes are looked at, because of these plugins, by name. */
  | { readonly only: ReadonlySet<string>; readonly by: readonly string[] }
  /** No node can be right, in the scheduler's words. */
  | { readonly unfit: string }
  | undefined;

/** Each term names nodes and no node has all the names of one: k/k plugins/nodeaffinity/node_affinity.go errReasonConflict. */
const CONFLICT = "pod affinity terms conflict";

/** Node names that every term asks for with `metadata.name In` (k/k plugins/nodeaffinity/node_affinity.go PreFilter). */
export function nodesNamedByAffinity({ affinity }: PodSpec): NamedNodes {
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const lists = matchFields
      .filter(({ key, operator }) => key === "metadata.name" && operator === "In")
      .map(({ values = [] }) => values);
    const [first, ...others] = lists;
    if (!first) return undefined;
    for (const name of first) if (others.every((values) => values.includes(name))) names.add(name);
  }
  return names.size === 0 ? { unfit: CONFLICT } : { only: names, by: ["NodeAffinity"] };
}

export function nodeAffinityFilter(matches: Uint8Array): FixedFilter {
  return {
    name: "NodeAffinity",
    passes: (node) => matches[node] === 1,
    reasons: () => ["node(s) didn't match Pod's node affinity/selector"],
    resolvable: () => false,
  };
}

/** The weights of the preferred terms that a node matches. Absent where the pod has no preference. */
export function nodeAffinityScorer(nodes: readonly Node[], { affinity }: PodSpec): NodeScorer | undefined {
  const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  if (!preferred) return undefined;
  const weights = Int32Array.from(nodes, (node) =>
    preferred.reduce((sum, { weight, preference }) => sum + (termsMatch([preference], node) ? weight : 0), 0),
  );
  return {
    name: "NodeAffinity",
    score: (feasible, count, _load, scores) => {
      for (let index = 0; index < count; index++) scores[index] = weights[feasible[index]!]!;
      normalize(scores, count, false);
      return true;
    },
  };
}
