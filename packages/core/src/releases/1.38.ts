import { releaseAfter } from "./release";
import { release as previous } from "./1.37";

/**
 * As 1.38.0-beta.0 announces it, not proved: StatefulSets have the strategy Recreate, and a spread constraint with an empty selector
 * counts all pods of the namespace.
 */
export const release = releaseAfter(previous, {
  version: "1.38",
  proof: { basis: "announced", patch: "1.38.0-beta.0" },
  api: { statefulSetRecreate: true },
  scheduler: { emptySpreadSelectorCounts: true },
});
