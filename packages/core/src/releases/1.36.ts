import { releaseAfter } from "./release";
import { release as previous } from "./1.35";

/** Addresses are validated strictly (StrictIPCIDRValidation), externalIPs are deprecated, balance is scored by improvement. */
export const release = releaseAfter(previous, {
  version: "1.36",
  proof: { basis: "compared", patch: "1.36.3" },
  api: {
    strictAddresses: true,
    relaxedServiceNames: true,
    warnings: { ...previous.api.warnings, addresses: "now", externalIPsDeprecated: true },
  },
  scheduler: {
    balanceByImprovement: true,
  },
});
