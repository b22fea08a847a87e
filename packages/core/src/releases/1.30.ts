import type { Release } from "./release";

/** The oldest release that is modelled; all others state what they change. */
export const release: Release = {
  version: "1.30",
  proof: { basis: "sources", patch: "1.30.14" },
  api: {
    trafficGates: {
      ServiceTrafficDistribution: "off",
      PreferSameTrafficDistribution: "absent",
      TopologyAwareHints: "on",
    },
    strictAddresses: false,
    keepsStoredAddresses: false,
    relaxedServiceNames: false,
    refusesKubeletPort: true,
    printsValues: "Go",
    tooLong: "must have at most",
    labels: { unit: "characters", key: "qualified name" },
    ownerReferenceNamesItsField: true,
    warnings: {
      addresses: "future, by parser",
      ignoredOnHeadless: false,
      preferCloseDeprecated: false,
      externalIPsDeprecated: false,
    },
    dropsAffinityLabelKeys: true,
    checksNodeAffinityValues: false,
    printsWholeToleration: true,
    knowsNumericTolerations: false,
    podLevelResources: false,
    knowsPodLevelResources: false,
    mergesSpreadLabelKeys: false,
    sleep: "positive",
    containerRestartPolicies: "refused",
    checksStatefulSetTemplate: false,
  },
  scheduler: {
    balanceByImprovement: false,
    bestEffortUnbalanced: false,
    sidecarPorts: false,
    podLevelResources: false,
    taintsUnnamed: false,
    namespaceSelectorKept: false,
  },
  controllers: { nodeMonitorGraceSeconds: 40 },
};
