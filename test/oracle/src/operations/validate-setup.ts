import type { RequestOptions } from "@evenkeel/core/api";
import fc from "fast-check";
import { askedRelease, type AskedRelease } from "../asked-release";

/** How the API server was started, what it has given out and what the client asks of it. */
export interface Setup extends AskedRelease {
  readonly ipFamilies: readonly ("IPv4" | "IPv6")[];
  readonly nodePorts: readonly number[];
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
}

export const setup: fc.Arbitrary<Setup> = fc
  .record({
    ipFamilies: fc.constantFrom<Setup["ipFamilies"]>(["IPv4"], ["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"]),
    nodePorts: fc.constantFrom([], [], [30_000, 30_080]),
    fieldValidation: fc.constantFrom("Strict" as const, "Warn" as const, "Ignore" as const),
  })
  .map((made) => ({ ...made, ...askedRelease() }));

export function options({ ipFamilies, nodePorts, ...asked }: Setup): RequestOptions {
  const { fieldValidation, kubernetesVersion: version } = asked;
  return {
    serviceIPFamilies: ipFamilies,
    nodePortsInUse: nodePorts,
    fieldValidation,
    kubernetesVersion: version,
  };
}
