import type { Evidence } from "./claims/evidence";
import { observeBrokenProxy } from "./experiments/broken-proxy";
import { observeBypass } from "./experiments/bypass";
import { countShares } from "./experiments/shares";
import { observeSwitching } from "./experiments/switching";
import { type ObservedHealth, observeHealth } from "./health/health-check-ports";
import { observeDeparture, type ObservedProxyHealth } from "./health/proxy-health";
import type { Lab } from "./lab/lab";
import type { ProxyMode } from "./lab/proxies";
import { readCluster } from "./rows/cluster";
import type { ObservedRow } from "./rows/observe";
import { plantMistakes } from "./rows/planted";
import { isOf, numberOf, SCENARIOS, SETTINGS_LAYOUTS } from "./rows/scenarios";
import { UNDETECTED, usual, VARIATIONS } from "./settings";
import { runTable } from "./table";
import { agreement, type Tests } from "./tests";

const ALL = SCENARIOS.map(({ name }) => name);
const SOME = ALL.filter((name) => isOf(name, SETTINGS_LAYOUTS));
const LOCAL = "spread-local-cluster";
const CLUSTER = "spread-cluster-cluster";

/** What was seen in one proxy mode, and how many rows of all its tables core agrees with. */
export interface ModeRun {
  readonly evidence: Evidence;
  readonly rowsRun: number;
  readonly rowsAgreed: number;
}

/** Everything that is seen in one proxy mode, each table a test. */
export async function runMode(lab: Lab, mode: ProxyMode, { test }: Tests): Promise<ModeRun> {
  const rows = await runTable(lab, usual(mode), ALL);
  await test(`${mode}: flow table`, () => agreement("rows", rows, tellRow));

  await test(`${mode}: flow table, mistakes planted in the model`, () => {
    const planted = plantMistakes(rows);
    const unnoticed = planted.filter(({ noticed }) => noticed === 0).map(({ name }) => name);
    if (unnoticed.length > 0) throw new Error(`no row gives these away: ${unnoticed.join(", ")}`);
    return `${planted.length} planted, ${planted.length} noticed`;
  });

  const client = lab.probe("clients");
  const cluster = await readCluster(lab.api);
  const health = await observeHealth(cluster, ALL, client);
  await test(`${mode}: health-check node ports`, () => agreement("answers", health, tellHealth));
  const proxyHealth = await observeDeparture(lab, client);
  await test(`${mode}: kube-proxy's own health`, () => agreement("answers", proxyHealth, tellProxyHealth));

  const localShares = await countShares(lab, numberOf(LOCAL), ["a", "c"], 300);
  const clusterShares = await countShares(lab, numberOf(CLUSTER), ["a", "b", "c"], 200);
  const bypass = await observeBypass(lab, numberOf(LOCAL));
  const switching = await observeSwitching(lab, LOCAL, numberOf(LOCAL));

  const broken = await observeBrokenProxy(lab, usual(mode), LOCAL, { service: CLUSTER, endpoints: [] });
  await test(`${mode}: a kube-proxy that does not keep up`, () =>
    [
      agreement("answers", broken.health, tellHealth),
      agreement("answers of its own", broken.proxyHealth, tellProxyHealth),
    ].join("; "));

  const allRows = [...rows];
  let undetected: readonly ObservedRow[] = [];
  for (const [name, settings, modes] of VARIATIONS) {
    if (!modes.includes(mode)) continue;
    const varied = await runTable(lab, { ...usual(mode), ...settings }, SOME);
    allRows.push(...varied);
    if (name === UNDETECTED) undetected = varied;
    await test(`${mode}: flow table, ${name}`, () => agreement("rows", varied, tellRow));
  }
  const evidence: Evidence = {
    mode,
    rows,
    undetected,
    health,
    proxyHealth,
    broken,
    bypass,
    switching,
    localShares,
    clusterShares,
  };
  return { evidence, rowsRun: allRows.length, rowsAgreed: allRows.filter(({ agrees }) => agrees).length };
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
