import { selects, type Labels, type LabelSelector, type Node } from "../../model";
import type { Advertisement, Pool } from "./objects";

/**
 * The advertisements of a pool: those that name it, those whose selector finds it, and those that say nothing of pools, which apply to
 * all. They add up: one without node selectors is not restricted by another. MetalLB `internal/config/config.go`.
 */
export function advertisementsOf(
  pool: Pick<Pool, "ref" | "labels">,
  all: readonly Advertisement[],
): readonly Advertisement[] {
  return all.filter(
    ({ pools, poolSelectors }) =>
      (pools.length === 0 && poolSelectors.length === 0) ||
      pools.includes(pool.ref.name) ||
      poolSelectors.some((selector) => selects(selector, pool.labels)),
  );
}

/** The advertisements that take part for a Service, by its labels. */
export function forService(all: readonly Advertisement[], labels: Labels): readonly Advertisement[] {
  return all.filter((one) => anySelects(one.serviceSelectors, labels));
}

/** Whether the advertisement is made from the node. */
export function selectsNode(
  { nodeSelectors }: Pick<Advertisement, "nodeSelectors">,
  node: Pick<Node, "labels">,
): boolean {
  return anySelects(nodeSelectors, node.labels);
}

/** How much the advertisements prefer a node as the leader: the weights of all preferences that find it. */
export function preferenceOf(all: readonly Advertisement[], { labels }: Pick<Node, "labels">): number {
  return all
    .flatMap(({ preferences }) => preferences)
    .reduce((sum, { weight, selector }) => sum + (selects(selector, labels) ? weight : 0), 0);
}

/** No selector selects everything; several select what any of them does. */
function anySelects(selectors: readonly LabelSelector[], labels: Labels): boolean {
  return selectors.length === 0 || selectors.some((selector) => selects(selector, labels));
}
