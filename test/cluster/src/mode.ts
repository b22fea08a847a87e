import type { Evidence } from "./claims/evidence";
import { observeBypass } from "./experiments/bypass";
import { countShares } from "./experiments/shares";
import { observeSwitching } from "./experiments/switching";
import { type ObservedHealth, observeHealth } from "./health/health-check-ports";
import { observeDeparture, type ObservedProxyHealth } from "./health/proxy-health";
import type { Lab } from "./lab/lab";
import type { ProxyMode } from "./lab/proxies";
import { readCluster } from "./rows/cluster";
import type { ObservedRow } from "./rows/observe";
import { isOf, SCENARIOS, SETTINGS_LAYOUTS } from "./rows/scenarios";
import { UNDETECTED, usual, VARIATIONS } from "./settings";
import { runTable } from "./table";
import { agreement, type Tests } from "./tests";

const ALL = SCENARIOS.map(({ name }) => name);
const SOME = ALL.filter((name) => isOf(name, SETTINGS_LAYOUTS));
const LOCAL = "spread-local-cluster";
const CLUSTER = "spread-cluster-cluster";
const numberOf = (name: string) => ALL.indexOf(name) + 1;

/** Everything that is seen in one proxy mode, each table a test. */
export async function runMode(lab: Lab, mode: ProxyMode, { test }: Tests): Promise<Evidence> {
  const rows = await runTable(lab, usual(mode), ALL);
  await test(`${mode}: flow table`, () => agreement("rows", rows, tellRow));

  const client = lab.agent("clients");
  const cluster = await readCluster(lab.api);
  const health = await observeHealth(cluster, ALL, client);
  await test(`${mode}: health-check node ports`, () => agreement("answers", health, tellHealth));
  const proxyHealth = await observeDeparture(lab, client);
  await test(`${mode}: kube-proxy's own health`, () => agreement("answers", proxyHealth, tellProxyHealth));

  const localShares = await countShares(lab, numberOf(LOCAL), ["a", "c"], 300);
  const clusterShares = await countShares(lab, numberOf(CLUSTER), ["a", "b", "c"], 200);
  const bypass = await observeBypass(lab, numberOf(LOCAL));
  const switching = await observeSwitching(lab, LOCAL, numberOf(LOCAL));

  let undetected: readonly ObservedRow[] = [];
  for (const [name, settings, modes] of VARIATIONS) {
    if (!modes.includes(mode)) continue;
    const varied = await runTable(lab, { ...usual(mode), ...settings }, SOME);
    if (name === UNDETECTED) undetected = varied;
    await test(`${mode}: flow table, ${name}`, () => agreement("rows", varied, tellRow));
  }
  return { mode, rows, undetected, health, proxyHealth, bypass, switching, localShares, clusterShares };
}

function tellRow({ service, caller, called, to, route, foretold, counts }: ObservedRow): string {
  const seen = Object.entries(counts).map(([end, count]) => `${count} × ${end}`);
  const because = "because" in route ? ` (${route.because})` : "";
  return `${service}: ${caller.name} to ${called} (${to}): core says ${foretold.join(" or ")}${because}; seen ${seen.join(", ")}`;
}

function tellHealth({ service, node, foretold, observed }: ObservedHealth): string {
  return `${service} on ${node}: core says ${JSON.stringify(foretold)}; seen ${JSON.stringify(observed)}`;
}

function tellProxyHealth({ node, path, foretold, observed }: ObservedProxyHealth): string {
  return `${path} on ${node}: core says ${foretold}; seen ${observed}`;
}
