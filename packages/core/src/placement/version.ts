import { SUPPORTED_VERSIONS } from "../model";

/**
 * Whether a cluster of this version behaves as `since` introduced it. A cluster that does not say its version is taken for the
 * newest one that answers are given for.
 */
export function isAtLeast(version: string | undefined, since: string): boolean {
  const [major, minor] = numbers(version ?? SUPPORTED_VERSIONS.newest);
  const [sinceMajor, sinceMinor] = numbers(since);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

function numbers(version: string): [number, number] {
  const found = /^v?(\d+)\.(\d+)/.exec(version);
  if (!found)
    throw new Error(
      `kubernetesVersion: ${JSON.stringify(version)}; wanted MAJOR.MINOR or MAJOR.MINOR.PATCH, such as 1.36`,
    );
  return [Number(found[1]), Number(found[2])];
}
