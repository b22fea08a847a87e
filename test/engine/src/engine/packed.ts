import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./project";
import type { Sandbox } from "./sandbox";

/**
 * What a user of the registry gets of a built package: packed by npm and unpacked elsewhere, with the dependencies beside it.
 * Returns the package's folder.
 */
export function packAndUnpack({ root }: Sandbox, source: string): string {
  const place = mkdtempSync(join(root, "packed-"));
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", place], source);
  const [tarball] = readdirSync(place);
  if (tarball === undefined) throw new Error(`npm packed nothing of ${source}`);
  const unpacked = join(place, "unpacked");
  mkdirSync(unpacked);
  run("tar", ["xzf", join(place, tarball), "-C", unpacked], root);
  symlinkSync(join(REPOSITORY, "node_modules"), join(unpacked, "node_modules"));
  return join(unpacked, "package");
}

/** @throws with what the command printed unless it ends with 0. */
export function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed in ${cwd}:\n${stdout}${stderr}`);
}
