import { releaseAfter } from "./release";
import { release as previous } from "./1.34";

/** PreferSameZone and PreferSameNode are generally available, PreferClose is deprecated. */
export const release = releaseAfter(previous, {
  version: "1.35",
  proof: { basis: "sources", patch: "1.35.7" },
  api: {
    trafficGates: { ...previous.api.trafficGates, PreferSameTrafficDistribution: "locked" },
    labels: { unit: "bytes", key: "valid label key" },
    warnings: { ...previous.api.warnings, preferCloseDeprecated: true },
    knowsNumericTolerations: true,
    containerRestartPolicies: "kept",
  },
  kubeProxy: { ipvsDeprecated: true },
});
