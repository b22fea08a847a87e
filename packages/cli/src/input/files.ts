import { readFile, stat } from "node:fs/promises";
import { relative } from "node:path";
import { glob } from "tinyglobby";
import { Failure } from "../failure";

export interface InputFile {
  /** As it is printed: relative to the working directory; `-` for standard input. */
  readonly name: string;
  readonly text: string;
}

export const STDIN = "-";

/** Files named on the command line; a folder stands for the YAML and JSON files below it. Sorted, so that reports are stable. */
export async function* readInputs(
  paths: readonly string[],
  stdin: NodeJS.ReadableStream,
): AsyncGenerator<InputFile> {
  for (const path of paths) {
    if (path === STDIN) {
      yield { name: STDIN, text: await readStream(stdin) };
      continue;
    }
    for (const file of await filesOf(path)) yield { name: file, text: await readOne(file) };
  }
}

/** The files that a path stands for. */
export async function filesOf(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw new Failure(
      `${path}: no such file or folder; wanted a manifest, a folder of manifests, or - for standard input`,
    );
  if (!info.isDirectory()) return [path];
  const found = await glob(["**/*.{yaml,yml,json}", "**/haproxy.cfg"], {
    cwd: path,
    absolute: true,
    ignore: ["**/node_modules/**", "**/.git/**"],
  });
  return found.map((file) => relative(process.cwd(), file)).sort();
}

async function readOne(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Failure(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readStream(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
