import {
  answeringRelease,
  findRelease,
  minorVersion,
  UnmodelledVersionError,
  type ReleaseAssumption,
} from "@evenkeel/core/model";
import type { ReadNode } from "../kubernetes/node";
import type { ClusterOptions } from "./cluster-options";

/**
 * Where a version was found, in the order in which they count: an option of the caller, the description of the cluster, the API
 * server itself (`kubectl version`), the oldest kubelet of the nodes, the cluster of the stack.
 */
const VERSION_ORIGINS = ["option", "cluster", "server", "nodes", "stack"] as const;
export type VersionOrigin = (typeof VERSION_ORIGINS)[number];

/** What was found of the version, by origin; absent where that source says nothing. */
export type FoundVersions = { readonly [Origin in VersionOrigin]?: string | undefined };

/** The version that everything of one reading is answered for. */
export interface ResolvedVersion {
  /** A modelled version: as found, or the minor version that answers in its place. */
  readonly kubernetesVersion: string;
  readonly origin: VersionOrigin;
  /** Set where the version that was found is not modelled, or is not released yet. */
  readonly assumption?: ReleaseAssumption;
}

/** Versions that somebody wrote down for this reading; one that is not modelled is a mistake, not a cluster to be answered for. */
const GIVEN: ReadonlySet<VersionOrigin> = new Set(["option", "cluster"]);

/**
 * The version of the first origin that has one. Resolved before anything is read, so that defaults, hints and checks all answer for
 * the same release.
 * @throws UnmodelledVersionError for a version that was given and is not modelled
 */
export function resolveVersion(found: FoundVersions): ResolvedVersion | undefined {
  for (const origin of VERSION_ORIGINS) {
    const version = found[origin];
    if (version === undefined) continue;
    if (GIVEN.has(origin) && !findRelease(version)) throw new UnmodelledVersionError(version);
    // A version that a cluster reports and nobody can read says nothing.
    if (!minorVersion(version)) continue;
    const { release, assumption } = answeringRelease(version);
    return {
      kubernetesVersion: findRelease(version) ? version : release.version,
      origin,
      ...(assumption ? { assumption } : {}),
    };
  }
  return undefined;
}

/** The version of a reading, from what the caller says of the cluster, its nodes, and the stack that makes it. */
export function versionOfCluster(
  nodes: readonly Pick<ReadNode, "kubeletVersion">[],
  { kubernetesVersion, cluster, serverVersion }: ClusterOptions,
  stack?: string,
): ResolvedVersion | undefined {
  return resolveVersion({
    option: kubernetesVersion,
    cluster: cluster?.kubernetesVersion,
    server: serverVersion,
    nodes: oldest(nodes.map(({ kubeletVersion }) => kubeletVersion)),
    stack,
  });
}

/** What every kubelet has is what holds. */
function oldest(versions: readonly (string | undefined)[]): string | undefined {
  const parsed = versions.flatMap((version) => {
    const minor = version === undefined ? undefined : minorVersion(version);
    return minor ? [minor] : [];
  });
  const [first] = parsed.sort(([aMajor, aMinor], [bMajor, bMinor]) => aMajor - bMajor || aMinor - bMinor);
  return first?.join(".");
}
