import { keptPart } from "@evenkeel/adapters";
import { constants } from "node:buffer";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { Failure, reasonOf } from "../failure";
import { tooDeep } from "./bounds";
import { STDIN, type InputFile } from "./files";
import { streamJson } from "./json-stream";
import { saysOfTraffic } from "./objects";
import type { ParsedFile } from "./parse";

/** Bytes up to which an input is read as one text. */
export const LARGE = 64 * 1024 * 1024;

/**
 * An input as text; or, if it is very large and JSON (a dump of a cluster with its pods), already parsed, with only the part of each
 * object that is of use.
 * @throws Failure where there is no such file, or it cannot be read
 */
export async function readSource(
  { name }: InputFile,
  stdin: NodeJS.ReadableStream,
  large = LARGE,
): Promise<string | ParsedFile> {
  try {
    // Many small files: each of the asynchronous calls costs more than the whole file.
    if (name !== STDIN && isSmallFile(name, large)) return textOfFile(name);
    return await readChunks(chunksOf(name === STDIN ? stdin : createReadStream(name)), name, large);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${name}: cannot be read: ${reasonOf(error)}`);
  }
}

/** A file as one text. */
export function textOfFile(name: string): string {
  const text = readFileSync(name, "utf8");
  // What a byte order mark of UTF-16 comes to when it is read as UTF-8. All other files are read in one go.
  return text.startsWith("\ufffd\ufffd") ? textOf(readFileSync(name)) : text;
}

/** UTF-8, or UTF-16 where a byte order mark says so: what a redirection in Windows PowerShell writes, and kubectl reads (YAML 1.2, 5.2). */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString("utf16le");
  return bytes.toString("utf8");
}

/** Whether a file can be read as one text, and read again: a pipe is gone once it was read. */
export function isSmallFile(name: string, large = LARGE): boolean {
  const info = statSync(name, { throwIfNoEntry: false });
  return info === undefined || (info.isFile() && info.size <= large);
}

async function readChunks(
  chunks: AsyncIterator<Buffer>,
  name: string,
  large: number,
): Promise<string | ParsedFile> {
  const head: Buffer[] = [];
  let size = 0;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head.push(next.value);
    size += next.value.length;
    if (size > large && isJson(head))
      return parsedFile(await streamJson(joined(head, chunks), name, kept), name);
    if (size > constants.MAX_STRING_LENGTH)
      throw new Failure(
        `${name}: cannot be read: too large for YAML; wanted JSON, which is read piece by piece (kubectl get -o json)`,
      );
  }
  return textOf(Buffer.concat(head));
}

async function* chunksOf(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield Buffer.from(chunk);
}

async function* joined(head: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function isJson(head: readonly Buffer[]): boolean {
  return /^\s*[[{]/.test(head[0]?.subarray(0, 4096).toString("utf8") ?? "");
}

/** An entry of a list of objects without what is of no use; in a list of one kind (`PodList`) the entries do not name it. */
function kept(entry: unknown, before: string): unknown {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
  const object: Readonly<Record<string, unknown>> = { ...kindOfList(before), ...entry };
  if (typeof object.kind !== "string") return entry;
  return saysOfTraffic({ object, source: { file: "", document: 0 } }) ? keptPart(object) : null;
}

function kindOfList(before: string): Readonly<Record<string, unknown>> {
  const [, kind] = /"kind"\s*:\s*"(\w+)List"/.exec(before) ?? [];
  const [, apiVersion] = /"apiVersion"\s*:\s*"([^"\\]*)"/.exec(before) ?? [];
  return kind === undefined || apiVersion === undefined ? {} : { apiVersion, kind };
}

function parsedFile(values: readonly unknown[], name: string): ParsedFile {
  for (const value of values) {
    const reason = tooDeep(value);
    if (reason !== undefined)
      throw new Failure(`${name}: cannot be read: ${reason}; wanted a finite manifest`);
  }
  return { documents: values.map((value, index) => ({ index, value })), duplicates: [] };
}
