/** Major and minor of `1.36`, `1.36.3`, `v1.33.2-eks-5678`; undefined where the text is no version. */
export function minorVersion(version: string): readonly [major: number, minor: number] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:[.+-]|$)/.exec(version.trim());
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/**
 * Whether a Kubernetes version is `minimum` or newer, by major and minor: features come and change with minor versions.
 * Throws a `RangeError` for a text that is no version.
 */
export function isAtLeast(version: string, minimum: string): boolean {
  const [major, minor] = parsed(version);
  const [wantedMajor, wantedMinor] = parsed(minimum);
  return major !== wantedMajor ? major > wantedMajor : minor >= wantedMinor;
}

function parsed(version: string): readonly [number, number] {
  const found = minorVersion(version);
  if (!found) throw new RangeError(`kubernetesVersion: ${version}; wanted a version such as 1.36 or 1.36.3`);
  return found;
}
