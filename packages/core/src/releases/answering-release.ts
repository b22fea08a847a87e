import { isAtLeast, minorVersion } from "../model/version";
import { findRelease, releaseOf, SUPPORTED_VERSIONS, UnmodelledVersionError } from "./registry";
import type { Release } from "./release";

/** Why an answer is that of another release, or not certain. */
export interface ReleaseAssumption {
  readonly code: "newerThanModelled" | "olderThanModelled" | "notReleased";
  readonly data: {
    /** As it was given or read. */
    readonly version: string;
    /** Minor version that answers. */
    readonly answeredAs: string;
  };
}

export interface AnsweringRelease {
  readonly release: Release;
  /** Absent where the version itself is modelled and released. */
  readonly assumption?: ReleaseAssumption;
}

/**
 * The release that answers for a version that was read somewhere, such as a cluster's own: the nearest one that is supported, with
 * the assumption that this makes.
 * @throws UnmodelledVersionError for a text that is no version
 */
export function answeringRelease(kubernetesVersion: string): AnsweringRelease {
  const found = findRelease(kubernetesVersion);
  if (found)
    return found.proof.basis === "announced"
      ? assuming("notReleased", found, kubernetesVersion)
      : { release: found };
  if (!minorVersion(kubernetesVersion)) throw new UnmodelledVersionError(kubernetesVersion);
  return isAtLeast(kubernetesVersion, SUPPORTED_VERSIONS.oldest)
    ? assuming("newerThanModelled", releaseOf(), kubernetesVersion)
    : assuming("olderThanModelled", releaseOf(SUPPORTED_VERSIONS.oldest), kubernetesVersion);
}

function assuming(code: ReleaseAssumption["code"], release: Release, version: string): AnsweringRelease {
  return { release, assumption: { code, data: { version, answeredAs: release.version } } };
}
