import type { RequestOptions } from "@evenkeel/core/api";
import fc from "fast-check";

/** How the API server was started, what it has given out and what the client asks of it. */
export interface Setup {
  readonly ipFamilies: readonly ("IPv4" | "IPv6")[];
  readonly nodePorts: readonly number[];
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
  /** Absent: the version that the oracle is built from. */
  readonly kubernetesVersion?: string;
}

/**
 * The release that ours is asked for, where the oracle is an older one:
 * `KUBERNETES_VERSION=1.34 node dist/main.js --only validate,validateUpdate --binary .cache/oracle-1.34`.
 */
const { KUBERNETES_VERSION: kubernetesVersion } = process.env;

export const setup: fc.Arbitrary<Setup> = fc.record({
  ipFamilies: fc.constantFrom<Setup["ipFamilies"]>(["IPv4"], ["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"]),
  nodePorts: fc.constantFrom([], [], [30_000, 30_080]),
  fieldValidation: fc.constantFrom("Strict" as const, "Warn" as const, "Ignore" as const),
  ...(kubernetesVersion && { kubernetesVersion: fc.constant(kubernetesVersion) }),
});

export function options({ ipFamilies, nodePorts, ...asked }: Setup): RequestOptions {
  const { fieldValidation, kubernetesVersion: version } = asked;
  return {
    serviceIPFamilies: ipFamilies,
    nodePortsInUse: nodePorts,
    fieldValidation,
    kubernetesVersion: version,
  };
}
