import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, resolve } from "node:path";

/** A file's contents as JSON, or why there are none: in one line, without the file's text, which may hold secrets. */
export type Document = { readonly value: unknown } | { readonly problem: string };

/** Reads files that the configuration names; each once. */
export type ReadDocument = (path: string) => Document;

/**
 * Reads YAML and JSON files. A relative path is looked for in each folder in turn: the engine tells a pack nothing of where its
 * configuration was read from.
 */
export function documentsIn(folders: readonly string[] = startFolders()): ReadDocument {
  const known = new Map<string, Document>();
  return (path) => {
    const document = known.get(path) ?? readFrom(folders, path);
    known.set(path, document);
    return document;
  };
}

/** The folder that the shell stood in when it started the engine, and the pack's own. */
function startFolders(): readonly string[] {
  const shell = process.env["PWD"];
  return [...new Set([...(shell ? [shell] : []), process.cwd()])];
}

function readFrom(folders: readonly string[], path: string): Document {
  const places = isAbsolute(path) ? [path] : folders.map((folder) => resolve(folder, path));
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    return { problem: `no such file${isAbsolute(path) ? "" : ` in ${folders.join(" or ")}`}` };
  try {
    return { value: parsed(file, readFileSync(file, "utf8")) };
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
}

function parsed(file: string, text: string): unknown {
  if (file.endsWith(".json")) return JSON.parse(text);
  // Needed for YAML only, which is rare: not at the start of the pack.
  const { load }: { readonly load: (text: string) => unknown } = createRequire(__filename)("js-yaml");
  return load(text);
}

/** Of the parsers' messages, what does not repeat the text. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "no JSON";
  if (typeof error !== "object" || error === null) return "for no reason given";
  if ("mark" in error && "reason" in error) return `no YAML: ${String(error.reason)}`;
  return "code" in error ? String(error.code) : "for no reason given";
}
