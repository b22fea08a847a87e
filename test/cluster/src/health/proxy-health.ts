import { setTimeout as sleep } from "node:timers/promises";
import type { Node } from "@evenkeel/core/model";
import {
  proxyHealthAnswer,
  PROXY_HEALTH_PORT,
  type ProxierState,
  type ProxyState,
  TO_BE_DELETED_TAINT,
} from "@evenkeel/core/routing";
import type { Probe } from "../lab/probe";
import type { Lab } from "../lab/lab";
import { nodeNamed } from "../lab/plan";
import { readCluster } from "../rows/cluster";
import { askHealth } from "./health-check-ports";

/** What kube-proxy's own health server said on one node, beside what core says it does. */
export interface ObservedProxyHealth {
  readonly node: string;
  readonly path: "/healthz" | "/livez";
  readonly foretold: string;
  readonly observed: string;
  readonly agrees: boolean;
}

/** Asks both paths of one node, as the API server has that node now. Times are kube-proxy's own and not compared. */
export async function observeProxyHealth(
  client: Probe,
  node: Node,
  isHealthy = true,
): Promise<readonly ObservedProxyHealth[]> {
  const { address } = nodeNamed(node.name);
  return Promise.all(
    (["/healthz", "/livez"] as const).map(async (path): Promise<ObservedProxyHealth> => {
      const answer = await askHealth(client, `http://${address}:${PROXY_HEALTH_PORT}${path}`);
      if (typeof answer === "string")
        return { node: node.name, path, foretold: "an answer", observed: answer, agrees: false };
      const state = stateBehind(answer.body, node, isHealthy);
      const foretold = timeless(proxyHealthAnswer(path, state, new Date()));
      const observed = timeless(answer);
      return { node: node.name, path, foretold, observed, agrees: foretold === observed };
    }),
  );
}

/** Which address families this kube-proxy serves, and which of them have updates to write, is read from what it says of each. */
function stateBehind(body: string, node: Node, isHealthy: boolean): ProxyState {
  const told: { readonly status?: Readonly<Record<string, { readonly healthy: boolean }>> } =
    JSON.parse(body);
  const proxier = (family: "IPv4" | "IPv6"): ProxierState | undefined => {
    const status = told.status?.[family];
    const behind = !isHealthy && status?.healthy === false;
    return status && { lastUpdated: new Date(), ...(behind && { pendingSince: new Date(0) }) };
  };
  const [IPv4, IPv6] = [proxier("IPv4"), proxier("IPv6")];
  return {
    proxiers: { ...(IPv4 && { IPv4 }), ...(IPv6 && { IPv6 }) },
    node: { taints: node.taints, deleting: false },
  };
}

function timeless({ status, headers, body }: { status: number; headers: object; body: string }): string {
  const words = body.replace(/"(lastUpdated|currentTime)":\s*"[^"]*"/g, '"$1":"…"').replace(/\s/g, "");
  return `${status} ${JSON.stringify(Object.entries(headers).sort())} ${words}`;
}

/**
 * Asks every node as it is, then with b about to be deleted by the autoscaler and c cordoned, then as before. A change is given a
 * few seconds to reach kube-proxy.
 */
export async function observeDeparture(lab: Lab, client: Probe): Promise<readonly ObservedProxyHealth[]> {
  const all: ObservedProxyHealth[] = [];
  const look = async () => {
    for (const node of (await readCluster(lab.api)).nodes) all.push(...(await inTime(client, node)));
  };
  await look();
  await lab.api.patch("/api/v1/nodes/b", {
    spec: { taints: [{ key: TO_BE_DELETED_TAINT, effect: "NoSchedule" }] },
  });
  await lab.api.patch("/api/v1/nodes/c", { spec: { unschedulable: true } });
  await look();
  await lab.api.patch("/api/v1/nodes/b", { spec: { taints: null } });
  await lab.api.patch("/api/v1/nodes/c", { spec: { unschedulable: null } });
  await look();
  return all;
}

async function inTime(client: Probe, node: Node): Promise<readonly ObservedProxyHealth[]> {
  const end = Date.now() + 5000;
  for (;;) {
    const observed = await observeProxyHealth(client, node);
    if (observed.every(({ agrees }) => agrees) || Date.now() > end) return observed;
    await sleep(100);
  }
}
