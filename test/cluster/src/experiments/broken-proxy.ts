import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "@evenkeel/core/model";
import { type ObservedHealth, observeHealth } from "../health/health-check-ports";
import { observeProxyHealth, type ObservedProxyHealth } from "../health/proxy-health";
import type { Lab } from "../lab/lab";
import type { ProxySettings } from "../lab/proxies";
import { until } from "../lab/process";
import { readCluster } from "../rows/cluster";
import { writeEndpoints } from "../rows/objects";
import { synced } from "../rows/sync";

const REST_MILLISECONDS = 3000;

/** What is read on the nodes while the kube-proxy of one of them does not keep up. */
export interface BrokenProxy {
  readonly node: string;
  readonly health: readonly ObservedHealth[];
  readonly proxyHealth: readonly ObservedProxyHealth[];
}

/**
 * Keeps the kube-proxy of a from writing rules, gives all of them something to write (the endpoints of `changed`), and asks once
 * a's has noticed that it is behind. The health-check node port of `asked` is one that passes on a otherwise.
 */
export async function observeBrokenProxy(
  lab: Lab,
  settings: ProxySettings,
  asked: string,
  changed: { readonly service: string; readonly endpoints: readonly Endpoint[] },
): Promise<BrokenProxy> {
  const node = "a";
  const client = lab.probe("clients");
  await lab.restartProxies({ ...settings, breakable: true });
  await synced(lab);
  // A change that arrives while rules are being written is no longer counted as waiting once they are (k/k pkg/proxy/healthcheck
  // proxy_health.go `Updated`), and kube-proxy would stay healthy: let it come to rest.
  await sleep(REST_MILLISECONDS);
  const cluster = await readCluster(lab.api);
  const before = cluster.services.get(changed.service)?.endpoints ?? [];
  const isHealthy = (name: string) => name !== node;
  const look = async (): Promise<BrokenProxy> => ({
    node,
    health: await observeHealth(cluster, [asked], client, isHealthy),
    proxyHealth: (
      await Promise.all(cluster.nodes.map((one) => observeProxyHealth(client, one, isHealthy(one.name))))
    ).flat(),
  });
  const broken = await lab.whileBroken(node, async () => {
    await writeEndpoints(lab.api, changed.service, changed.endpoints);
    return until(`the kube-proxy of ${node} notices that it is behind`, 30, lab.proxies(), async () => {
      const seen = await look();
      const noticed = seen.proxyHealth.some((one) => one.node === node && one.observed.startsWith("503"));
      return noticed ? look() : undefined;
    });
  });
  await writeEndpoints(lab.api, changed.service, before);
  return broken;
}
