import type { Cluster } from "../model/cluster";
import type { Statement } from "../model/statement";
import { ANNOUNCED_PROXY_CHANGES, releaseOf, sinceRelease } from "../releases";
import { sayRouting } from "./texts";

/** What is to be said of a cluster's data plane: that a mode is modelled and not proved, and that it is about to leave. */
export function dataplaneStatements({
  dataplane,
  kubernetesVersion,
}: Pick<Cluster, "dataplane" | "kubernetesVersion">): readonly Statement[] {
  if (dataplane !== "ipvs") return [];
  const since = sinceRelease(({ kubeProxy }) => kubeProxy.ipvsDeprecated)?.version;
  const {
    ipvsOffByDefault: offByDefault,
    ipvsRemoved: removed,
    nftablesIsDefault: nftablesDefault,
  } = ANNOUNCED_PROXY_CHANGES;
  return [
    sayRouting("ipvs-not-proved"),
    ...(since !== undefined && releaseOf(kubernetesVersion).kubeProxy.ipvsDeprecated
      ? [sayRouting("ipvs-is-leaving", { since, offByDefault, removed, nftablesDefault })]
      : []),
  ];
}
