import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { startLab } from "./lab/lab";
import { createNodes, createService } from "./rows/objects";
import { SCENARIOS } from "./rows/scenarios";
import { cannotRun } from "./prerequisites";
import { runTable } from "./table";

async function main(): Promise<void> {
  const why = await cannotRun();
  if (why) {
    console.log(why);
    return;
  }
  const built = spawnSync(resolve(__dirname, "../build.sh"), { stdio: ["ignore", "pipe", "inherit"] });
  const binaries = built.stdout.toString().trim();
  let close = async () => {};
  process.on("SIGINT", () => void close().then(() => process.exit(130)));
  const t0 = Date.now();
  const at = (what: string) => console.log(`${((Date.now() - t0) / 1000).toFixed(1)} s ${what}`);
  try {
    const lab = await startLab(binaries, (c) => (close = c));
    at("lab up");
    await createNodes(lab.api);
    for (const [i, s] of SCENARIOS.entries()) await createService(lab.api, s, i + 1);
    at(`${SCENARIOS.length} services`);
    for (const mode of ["iptables", "nftables"] as const) {
      const rows = await runTable(
        lab,
        { mode, detector: "nodeCIDR" },
        SCENARIOS.map((s) => s.name),
      );
      const bad = rows.filter((r) => !r.agrees);
      at(`${mode}: ${rows.length} rows, ${rows.length - bad.length} agree`);
      for (const r of bad.slice(0, 40))
        console.log(
          `  ${r.service}: ${r.caller.name} -> ${r.called} (${r.to}): core ${r.foretold} (${r.route.because}), seen ${JSON.stringify(r.counts)}`,
        );
    }
  } finally {
    await close();
    at("closed");
  }
}
void main();
