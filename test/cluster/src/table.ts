import type { Network } from "@evenkeel/core/routing";
import type { Lab } from "./lab/lab";
import type { ProxySettings } from "./lab/proxies";
import { readCluster } from "./rows/cluster";
import { observe, type ObservedRow } from "./rows/observe";
import { type Row, rowsOf } from "./rows/rows";
import { synced } from "./rows/sync";

/** Core's word for the settings of the kube-proxies. */
function networkOf(settings: ProxySettings): Network {
  const { mode, detector, masqueradeAll, noLocalhostNodePorts, hidesPodsFromNodes } = settings;
  return {
    dataplane: mode,
    localDetector: detector,
    ...(masqueradeAll && { masqueradeAll }),
    ...(noLocalhostNodePorts && { localhostNodePorts: false }),
    ...(hidesPodsFromNodes && { hidesPodsFromNodes }),
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
  const groups = await Promise.all(inOrder(rows).map((group) => oneByOne(group, lab)));
  return groups.flat();
}

/**
 * Rows that may run at the same time, each by itself; but one after the other where a client sticks to an endpoint, as what it is
 * given by one way to the Service counts for the other ways.
 */
function inOrder(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const { service, caller, called, route } = row;
    const sticks = route.verdict === "deliver" && route.sticksTo !== undefined;
    const key = `${service} ${caller.name}${sticks ? "" : ` ${called}`}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

async function oneByOne(rows: readonly Row[], lab: Lab): Promise<readonly ObservedRow[]> {
  const observed: ObservedRow[] = [];
  for (const row of rows) observed.push(await observe(row, lab.probe));
  return observed;
}
