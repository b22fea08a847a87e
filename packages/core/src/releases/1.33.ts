import { releaseAfter } from "./release";
import { release as previous } from "./1.32";

/** trafficDistribution and topology-mode are generally available; addresses that are stored already are not validated again. */
export const release = releaseAfter(previous, {
  version: "1.33",
  proof: { basis: "sources", patch: "1.33.13" },
  api: {
    trafficGates: {
      ServiceTrafficDistribution: "locked",
      PreferSameTrafficDistribution: "off",
      TopologyAwareHints: "locked",
    },
    keepsStoredAddresses: true,
    refusesKubeletPort: false,
    warnings: { ...previous.api.warnings, addresses: "future" },
    checksNodeAffinityValues: true,
    sleep: "zero too",
  },
  scheduler: {
    bestEffortUnbalanced: true,
    sidecarPorts: true,
  },
});
