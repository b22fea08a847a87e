import { releaseAfter } from "./release";
import { release as previous } from "./1.30";

/** trafficDistribution is beta and on; so are the label keys of affinity terms (MatchLabelKeysInPodAffinity). */
export const release = releaseAfter(previous, {
  version: "1.31",
  proof: { basis: "sources", patch: "1.31.14" },
  api: {
    trafficGates: { ...previous.api.trafficGates, ServiceTrafficDistribution: "on" },
    dropsAffinityLabelKeys: false,
  },
});
