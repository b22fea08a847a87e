import { SUPPORTED_VERSIONS } from "../model";
import { podTraits, type PodTraits } from "./workload/pod-traits";

/**
 * Where the answer of the API server differs between releases, by the sources of the newest patch of each minor version and the
 * defaults of its feature gates. Asked of the code itself for `PROVED_VERSIONS`.
 */
export interface Release extends PodTraits {
  /** `1.36` */
  readonly version: string;
  /** `spec.trafficDistribution` is dropped on create while its gate is off (1.30). */
  readonly dropsTrafficDistribution: boolean;
  /** In the order in which the server lists them. */
  readonly trafficDistributions: readonly string[];
  /** Gate StrictIPCIDRValidation: leading zeros, IPv4-mapped addresses and host bits are errors. */
  readonly strictAddresses: boolean;
  /** An address that the stored Service has already is not looked at again on update. */
  readonly keepsStoredAddresses: boolean;
  /** Gate RelaxedServiceNameValidation: a name may begin with a digit. */
  readonly relaxedServiceNames: boolean;
  /** A LoadBalancer may not have port 10250, the kubelet's. */
  readonly refusesKubeletPort: boolean;
  /** Whether an error prints a value in Go's syntax or as JSON. */
  readonly printsValues: "Go" | "JSON";
  readonly tooLong: "must have at most" | "may not be more than";
  /** How qualified names and label values speak of themselves. */
  readonly labels: {
    readonly unit: "characters" | "bytes";
    readonly key: "qualified name" | "valid label key";
  };
  /** `kind must not be empty` instead of `must not be empty`. */
  readonly ownerReferenceNamesItsField: boolean;
  readonly warnings: ReleaseWarnings;
}

export interface ReleaseWarnings {
  readonly addresses: "future, by parser" | "future" | "now";
  readonly ignoredOnHeadless: boolean;
  readonly preferCloseDeprecated: boolean;
  readonly externalIPsDeprecated: boolean;
}

/** Minor versions whose own code (1.34.4, 1.36.3) was compared with this model, case by case. */
export const PROVED_VERSIONS: readonly string[] = ["1.34", "1.36"];

const OLDEST = minorOf(SUPPORTED_VERSIONS.oldest) ?? 30;
const NEWEST = minorOf(SUPPORTED_VERSIONS.newest) ?? 36;

/** `1.36`, `v1.36.3`, `1.36.3-eks-1` are minor 36. */
function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** The release that answers for a version: the nearest supported one, the newest if there is no version or it cannot be read. */
export function releaseOf(kubernetesVersion?: string): Release {
  const asked = kubernetesVersion === undefined ? NEWEST : (minorOf(kubernetesVersion) ?? NEWEST);
  const minor = Math.min(Math.max(asked, OLDEST), NEWEST);
  const known = RELEASES.get(minor);
  if (known) return known;
  const release = releaseOfMinor(minor);
  RELEASES.set(minor, release);
  return release;
}

const RELEASES = new Map<number, Release>();

function releaseOfMinor(minor: number): Release {
  return {
    ...podTraits(minor),
    version: `1.${minor}`,
    dropsTrafficDistribution: minor < 31,
    trafficDistributions: minor < 34 ? ["PreferClose"] : ["PreferClose", "PreferSameZone", "PreferSameNode"],
    strictAddresses: minor >= 36,
    keepsStoredAddresses: minor >= 33,
    relaxedServiceNames: minor >= 36,
    refusesKubeletPort: minor < 33,
    printsValues: minor < 34 ? "Go" : "JSON",
    tooLong: minor < 32 ? "must have at most" : "may not be more than",
    labels:
      minor < 35 ? { unit: "characters", key: "qualified name" } : { unit: "bytes", key: "valid label key" },
    ownerReferenceNamesItsField: minor < 34,
    warnings: {
      addresses: minor < 33 ? "future, by parser" : minor < 36 ? "future" : "now",
      ignoredOnHeadless: minor >= 34,
      preferCloseDeprecated: minor >= 35,
      externalIPsDeprecated: minor >= 36,
    },
  };
}
