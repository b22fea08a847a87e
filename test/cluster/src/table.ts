import type { Network } from "@evenkeel/core/routing";
import type { Lab } from "./lab/lab";
import type { ProxySettings } from "./lab/proxies";
import { readCluster } from "./rows/cluster";
import { observe, type ObservedRow } from "./rows/observe";
import { rowsOf } from "./rows/rows";
import { synced } from "./rows/sync";

/** Core's word for the settings of the kube-proxies. */
export function networkOf(settings: ProxySettings): Network {
  const { mode, detector, masqueradeAll, noLocalhostNodePorts } = settings;
  return {
    dataplane: mode,
    localDetector: detector,
    ...(masqueradeAll && { masqueradeAll }),
    ...(noLocalhostNodePorts && { localhostNodePorts: false }),
  };
}

/** Starts the kube-proxies anew with the settings, and observes every row of the Services. */
export async function runTable(
  lab: Lab,
  settings: ProxySettings,
  services: readonly string[],
): Promise<readonly ObservedRow[]> {
  await lab.restartProxies(settings);
  await synced(lab);
  const cluster = await readCluster(lab.api);
  const rows = services.flatMap((name) => rowsOf(name, cluster, networkOf(settings)));
  return Promise.all(rows.map((row) => observe(row, lab.agent)));
}
