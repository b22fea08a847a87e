import { minorVersion } from "../model/version";
import * as all from "./all";
import type { Release } from "./release";

/** Every release that is modelled, oldest first. */
export const RELEASES: readonly Release[] = Object.freeze(
  Object.values(all).sort((a, b) => minorOf(a) - minorOf(b)),
);

/** Those that are out, whose models are not announcements. */
const RELEASED = RELEASES.filter(({ proof }) => proof.basis !== "announced");

/** Oldest and newest minor version that answers are given for. */
export const SUPPORTED_VERSIONS: { readonly oldest: string; readonly newest: string } = Object.freeze({
  oldest: endOf(RELEASED, 0).version,
  newest: endOf(RELEASED, -1).version,
});

/** `1.30 to 1.36`, for messages. */
export function supportedRange(): string {
  return `${SUPPORTED_VERSIONS.oldest} to ${SUPPORTED_VERSIONS.newest}`;
}

/** A version that was given is not modelled, or is no version. */
export class UnmodelledVersionError extends RangeError {
  constructor(readonly version: string) {
    super(`kubernetesVersion: ${version}; wanted ${wantedVersion(version)}`);
    this.name = "UnmodelledVersionError";
  }
}

function wantedVersion(version: string): string {
  return minorVersion(version)
    ? `a supported version: ${supportedRange()}`
    : `a version such as ${SUPPORTED_VERSIONS.newest} or ${SUPPORTED_VERSIONS.newest}.3`;
}

/** The release of `1.36`, `1.36.3`, `v1.36.3-eks-1`; undefined where it is not modelled or the text is no version. */
export function findRelease(kubernetesVersion: string): Release | undefined {
  const version = minorVersion(kubernetesVersion)?.join(".");
  return RELEASES.find((release) => release.version === version);
}

/**
 * The release that answers for a version. Without a version it is the newest supported one.
 * @throws UnmodelledVersionError for a version that is not modelled; `answeringRelease` gives the nearest one and says so
 */
export function releaseOf(kubernetesVersion?: string): Release {
  if (kubernetesVersion === undefined) return endOf(RELEASED, -1);
  const found = findRelease(kubernetesVersion);
  if (found) return found;
  throw new UnmodelledVersionError(kubernetesVersion);
}

/** Oldest release from which on something holds without a break; undefined if it does not hold in the newest. */
export function sinceRelease(holds: (release: Release) => boolean): Release | undefined {
  const breaks = RELEASES.findLastIndex((release) => !holds(release));
  return RELEASES[breaks + 1];
}

/** Whether the API server's own code was compared with the model, case by case. */
export function isCompared({ proof: { basis } }: Release): boolean {
  return basis === "compared" || basis === "validationCompared";
}

function minorOf({ version }: Release): number {
  return minorVersion(version)?.[1] ?? 0;
}

function endOf(releases: readonly Release[], index: 0 | -1): Release {
  const found = releases.at(index);
  if (!found) throw new Error("no release of Kubernetes is modelled");
  return found;
}
