import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "./project";
import type { Sandbox } from "./sandbox";

/**
 * What a user of the registry gets of a built package: packed by npm and unpacked elsewhere, with the dependencies beside it.
 * Returns the package's folder.
 */
export function packAndUnpack({ root }: Sandbox, source: string): string {
  const place = mkdtempSync(join(root, "packed-"));
  const unpacked = join(place, "unpacked");
  mkdirSync(unpacked);
  run("tar", ["xzf", packed(source, place), "-C", unpacked], root);
  symlinkSync(join(REPOSITORY, "node_modules"), join(unpacked, "node_modules"));
  return join(unpacked, "package");
}

/**
 * The same, installed: a folder whose `node_modules` holds the package and, of the workspace, the packages that are named; no others
 * are found from there. Returns that folder.
 */
export function packAndInstall(
  { root }: Sandbox,
  source: string,
  name: string,
  beside: readonly string[],
): string {
  const place = mkdtempSync(join(root, "installed-"));
  const target = join(place, "node_modules", name);
  mkdirSync(target, { recursive: true });
  run("tar", ["xzf", packed(source, place), "--strip-components=1", "-C", target], root);
  for (const other of beside) {
    mkdirSync(dirname(join(place, "node_modules", other)), { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules", other), join(place, "node_modules", other));
  }
  return place;
}

/** Packs a package into an empty folder, and returns the tarball. */
function packed(source: string, place: string): string {
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", place], source);
  const tarball = readdirSync(place).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm packed nothing of ${source}`);
  return join(place, tarball);
}

/** @throws with what the command printed unless it ends with 0. */
export function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed in ${cwd}:\n${stdout}${stderr}`);
}
