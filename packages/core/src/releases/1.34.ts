import { releaseAfter } from "./release";
import { release as previous } from "./1.33";

/** PreferSameZone and PreferSameNode are beta and on; pod-level resources count; errors print values as JSON. */
export const release = releaseAfter(previous, {
  version: "1.34",
  proof: { basis: "validationCompared", patch: "1.34.4" },
  api: {
    trafficGates: { ...previous.api.trafficGates, PreferSameTrafficDistribution: "on" },
    printsValues: "JSON",
    ownerReferences: "plain",
    warnings: { ...previous.api.warnings, ignoredOnHeadless: true },
    podLevelResources: true,
    mergesSpreadLabelKeys: true,
    containerRestartPolicies: "dropped",
    checksStatefulSetTemplate: true,
  },
  scheduler: {
    podLevelResources: true,
    taintsUnnamed: true,
    namespaceSelectorKept: true,
  },
});
