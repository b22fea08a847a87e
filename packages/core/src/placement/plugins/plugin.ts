import type { Tally } from "../counter";
import type { Load } from "../load";
import type { PodFacts } from "../pod-facts";

/** Highest score of a plugin for a node, before its weight. */
export const MAX_SCORE = 100;

export const SCORE_WEIGHTS = {
  TaintToleration: 3,
  NodeAffinity: 2,
  NodeResourcesFit: 1,
  PodTopologySpread: 2,
  InterPodAffinity: 2,
  NodeResourcesBalancedAllocation: 1,
  ImageLocality: 1,
} as const;

export type ScorePluginName = keyof typeof SCORE_WEIGHTS;

/** One pod template prepared against one table of nodes, by one filter that never changes its mind. */
export interface FixedFilter {
  readonly name: string;
  readonly passes: (node: number) => boolean;
  /** Why a node that does not pass is rejected, in the scheduler's words. */
  readonly reasons: (node: number) => readonly string[];
  /** Whether removing pods could help: `Unschedulable`, and not `UnschedulableAndUnresolvable`. */
  readonly resolvable: (node: number) => boolean;
}

/** A filter whose answer depends on the pods that are there. */
export interface NodeFilter {
  readonly name: string;
  /** Once for each pod, before the nodes are asked. False: there is nothing to ask (`Skip`), every node passes. */
  readonly begin: () => boolean;
  readonly passes: (node: number, load: Load) => boolean;
  readonly reasons: (node: number, load: Load) => readonly string[];
  readonly resolvable: (node: number, load: Load) => boolean;
}

/** Writes the normalized scores (0 to 100) of `feasible[0 … count)` into `scores`; false where the plugin skips this pod. */
export interface NodeScorer {
  readonly name: ScorePluginName;
  /** Whether all nodes always get the same score, so that it decides nothing. */
  readonly flat?: boolean;
  readonly score: (feasible: Int32Array, count: number, load: Load, scores: Int32Array) => boolean;
}

/** What a placed pod changes in the counts of a prepared template. */
export type Tallies = (pod: PodFacts) => readonly Tally[];

/**
 * Scales the first `count` scores so that the largest becomes 100, or turned around so that the smallest does
 * (k/k plugins/helper/normalize_score.go DefaultNormalizeScore).
 */
export function normalize(scores: Int32Array, count: number, reverse: boolean): void {
  let largest = 0;
  for (let index = 0; index < count; index++) if (scores[index]! > largest) largest = scores[index]!;
  for (let index = 0; index < count; index++) {
    const scaled = largest === 0 ? 0 : Math.trunc((MAX_SCORE * scores[index]!) / largest);
    scores[index] = reverse ? MAX_SCORE - scaled : scaled;
  }
}
