import { minorVersion, type Cluster, type Pod } from "@evenkeel/core/model";
import type { ReadNode } from "../kubernetes/node";
import type { ClusterOptions } from "./cluster-options";
import { dataplaneOf } from "./dataplane";

/**
 * The cluster that nodes and pods describe. The version is the oldest kubelet's unless it is given: what every node has is what
 * holds. Pods that are over or were never placed are no background.
 */
export function clusterFrom(
  nodes: readonly ReadNode[],
  pods: readonly Pod[],
  options: ClusterOptions = {},
): Cluster {
  const base = options.cluster;
  const kubernetesVersion = options.kubernetesVersion ?? base?.kubernetesVersion ?? oldest(nodes);
  return {
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    dataplane: options.dataplane ?? base?.dataplane ?? dataplaneOf(pods) ?? "iptables",
    ...(base?.nodeRanges === undefined ? {} : { nodeRanges: base.nodeRanges }),
    nodes: base ? base.nodes : nodes.map(({ node }) => node),
    pods: base
      ? base.pods
      : pods.filter(
          ({ phase, spec }) => spec.nodeName !== undefined && phase !== "Succeeded" && phase !== "Failed",
        ),
    ...(base?.backgroundLoad === undefined ? {} : { backgroundLoad: base.backgroundLoad }),
    ...(base?.assumed === undefined ? {} : { assumed: base.assumed }),
    ...(base?.readFrom === undefined ? {} : { readFrom: base.readFrom }),
  };
}

function oldest(nodes: readonly ReadNode[]): string | undefined {
  const versions = nodes.flatMap(({ kubeletVersion }) => {
    const parsed = kubeletVersion === undefined ? undefined : minorVersion(kubeletVersion);
    return parsed ? [parsed] : [];
  });
  const [first] = versions.sort(([aMajor, aMinor], [bMajor, bMinor]) => aMajor - bMajor || aMinor - bMinor);
  return first && first.join(".");
}
