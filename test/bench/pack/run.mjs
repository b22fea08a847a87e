// `npm run bench:pack [-- --without-awsguard]`: bundles the pack and the benchmark with the sources of now, and runs it.
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../../..");
const folder = join(here, "../.cache/bench-pack");
mkdirSync(folder, { recursive: true });
try {
  const bundle = join(root, "policy-packs/service-traffic/scripts/bundle.mjs");
  const run = (...args) => spawnSync(process.execPath, args, { stdio: "inherit", cwd: root }).status ?? 1;
  process.exitCode =
    run(bundle) ||
    run(bundle, folder, join(here, "main.ts")) ||
    run(join(folder, "main.js"), ...process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
