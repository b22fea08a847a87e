import { RunError } from "@pulumi/pulumi";

const POLICY_SDK = "@pulumi/policy";

/**
 * Refuses to go on where two copies of the policy SDK are loaded: the one that serves the engine is then not the one whose requests
 * and errors this pack knows, so its configuration would be lost.
 *
 * @param loaded paths of the modules that this process has loaded
 * @throws RunError that names the folder of each copy
 */
export function refuseCopies(loaded: readonly string[] = Object.keys(require.cache)): void {
  const copies = foldersOf(POLICY_SDK, loaded);
  if (copies.length > 1)
    throw new RunError(
      `${copies.length} copies of ${POLICY_SDK} are loaded: ${copies.join(" and ")}; wanted one, which the pack and ` +
        `@evenkeel/service-traffic share: declare one version of ${POLICY_SDK} in the pack's package.json and run npm dedupe`,
    );
}

/** Folders that modules of a package were loaded from. */
function foldersOf(name: string, loaded: readonly string[]): readonly string[] {
  const folder = new RegExp(`^.*[\\\\/]node_modules[\\\\/]${name.replace("/", "[\\\\/]")}(?=[\\\\/])`);
  return [...new Set(loaded.flatMap((path) => folder.exec(path)?.[0] ?? []))];
}
