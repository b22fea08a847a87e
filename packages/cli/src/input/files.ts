import { realpath, stat } from "node:fs/promises";
import { relative } from "node:path";
import { glob } from "tinyglobby";
import { Failure } from "../failure";

export interface InputFile {
  /** As it is printed: relative to the working directory; `-` for standard input. */
  readonly name: string;
  /** Where it really is, through links: one file is read once, however often it is named. */
  readonly real: string;
  /** Found in a folder rather than named: it may be anything, and one that cannot be read does not hide the others. */
  readonly inFolder: boolean;
}

export const STDIN = "-";

/**
 * The files that paths stand for; a folder stands for the YAML, JSON and .cfg files below it. Sorted within a folder, so that reports are
 * stable, and without those that were named before.
 */
export async function inputFiles(paths: readonly string[]): Promise<readonly InputFile[]> {
  const found = (await Promise.all(paths.map(filesOf))).flat();
  const first = new Map<string, InputFile>();
  for (const file of found) if (!first.has(file.real)) first.set(file.real, file);
  return [...first.values()];
}

async function filesOf(path: string): Promise<readonly InputFile[]> {
  if (path === STDIN) return [{ name: STDIN, real: STDIN, inFolder: false }];
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw new Failure(
      `${path}: no such file or folder; wanted a manifest, a folder of manifests, or - for standard input`,
    );
  if (!info.isDirectory()) return [{ name: path, real: await realPath(path), inFolder: false }];
  const found = await glob(["**/*.{yaml,yml,json,cfg}"], {
    cwd: path,
    absolute: true,
    ignore: ["**/node_modules/**", "**/.git/**"],
  });
  const names = found.map((file) => relative(process.cwd(), file)).sort();
  return Promise.all(names.map(async (name) => ({ name, real: await realPath(name), inFolder: true })));
}

/** A link that leads nowhere, or a pipe, is itself; reading says what is wrong with it. */
function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
