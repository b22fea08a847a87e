import type { TrafficGates } from "./traffic-gates";
import type { WorkloadTraits } from "./workload-traits";

/** Where the answer of the API server differs between releases. */
export interface ApiTraits extends WorkloadTraits {
  /** Decide which traffic distribution is kept and accepted here, and acted on by the EndpointSlice controller. */
  readonly trafficGates: TrafficGates;
  /** Gate StrictIPCIDRValidation: leading zeros, IPv4-mapped addresses and host bits are errors. */
  readonly strictAddresses: boolean;
  /** An address that the stored Service has already is not validated again on update. */
  readonly keepsStoredAddresses: boolean;
  /** Gate RelaxedServiceNameValidation: a name may begin with a digit. */
  readonly relaxedServiceNames: boolean;
  /** A LoadBalancer may not have port 10250, the kubelet's. */
  readonly refusesKubeletPort: boolean;
  /** Whether an error prints a value in Go's syntax or as JSON. */
  readonly printsValues: "Go" | "JSON";
  readonly tooLong: "must have at most" | "may not be more than";
  /** How errors name qualified names and label values. */
  readonly labels: {
    readonly unit: "characters" | "bytes";
    readonly key: "qualified name" | "valid label key";
  };
  /**
   * How errors of owner references are written: `kind must not be empty`, `must not be empty`, or as required values with the index of
   * the reference in their path.
   */
  readonly ownerReferences: "fields named" | "plain" | "indexed";
  readonly warnings: ServiceWarnings;
}

export interface ServiceWarnings {
  readonly addresses: "future, by parser" | "future" | "now";
  readonly ignoredOnHeadless: boolean;
  readonly preferCloseDeprecated: boolean;
  readonly externalIPsDeprecated: boolean;
}
