import type { Cluster, Pod } from "@evenkeel/core/model";
import { present } from "../reading/present";
import type { ReadNode } from "../kubernetes/node";
import type { ClusterOptions } from "./cluster-options";
import { dataplaneOf } from "./dataplane";
import { versionOfCluster, type ResolvedVersion } from "./kubernetes-version";

/**
 * The cluster that nodes and pods describe. Pods that have ended or were never placed are not part of its load.
 * @throws UnmodelledVersionError for a version that was given and is not modelled
 */
export function clusterFrom(
  nodes: readonly ReadNode[],
  pods: readonly Pod[],
  options: ClusterOptions = {},
  version: ResolvedVersion | undefined = versionOfCluster(nodes, options),
): Cluster {
  const base = options.cluster;
  return {
    ...present({
      kubernetesVersion: version?.kubernetesVersion,
      versionAssumption: version?.assumption ?? base?.versionAssumption,
    }),
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
