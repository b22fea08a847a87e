import { releaseAfter } from "./release";
import { release as previous } from "./1.36";

/** maxUnavailable of StatefulSets is on; NodeName comes first; namespace selectors are replaced by what they select again. */
export const release = releaseAfter(previous, {
  version: "1.37",
  proof: { basis: "compared", patch: "1.37.2" },
  api: {
    ownerReferences: "indexed",
    statefulSetMaxUnavailable: true,
  },
  scheduler: {
    namespaceSelectorKept: false,
    nodeNameFirst: true,
    storageCapacityScores: true,
  },
  controllers: { hpaScaleToZero: true },
});
