import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..");

/** A policy pack as it would be published, bundled from the sources of now. */
export interface PackFolder {
  readonly path: string;
  remove(): void;
}

/** `entry` is a module beside this file; the pack's own without it. */
export function packFolder(entry?: string): PackFolder {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const path = mkdtempSync(join(cache, "pack-"));
  const source = entry === undefined ? join(root, "src/pack.ts") : join(__dirname, entry);
  execFileSync(process.execPath, [join(root, "scripts/bundle.mjs"), path, source]);
  const main = `${source.slice(source.lastIndexOf("/") + 1, -".ts".length)}.js`;
  writeFileSync(join(path, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(path, "package.json"),
    JSON.stringify({ name: "pack-under-test", version: "0.0.0", main }),
  );
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
