import { CORE_SCHEMA, loadAll, Type, YAMLException } from "js-yaml";
import { Failure } from "../failure";
import { duplicateKeys, type DuplicateKey } from "./positions";

/** One document of a file, as plain data. */
export interface ParsedDocument {
  readonly index: number;
  readonly value: unknown;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly duplicates: readonly DuplicateKey[];
}

// Kubernetes reads YAML without timestamps; merge keys are common in hand-written manifests.
const MERGE = new Type("tag:yaml.org,2002:merge", {
  kind: "scalar",
  resolve: (key: unknown) => key === "<<" || key === null,
});
const SCHEMA = CORE_SCHEMA.extend({ implicit: [MERGE] });

/**
 * Reads YAML or JSON text. The fast parser without positions goes first; only a file with a duplicate key is read again with the one
 * that knows places, since the last of two equal keys silently wins and people should know.
 * @throws Failure with file, line and what the parser says, if the text is neither.
 */
export function parseText(text: string, file: string): ParsedFile {
  if (looksLikeJson(text)) return { documents: [{ index: 0, value: parseJson(text, file) }], duplicates: [] };
  try {
    return {
      documents: numbered(loadAll(text, undefined, { schema: SCHEMA, filename: file })),
      duplicates: [],
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (!error.reason.includes("duplicated mapping key"))
      throw unreadable(file, error.mark?.line, error.reason, text);
    // `json: true` keeps the last of equal keys, as Kubernetes does.
    const values = loadAll(text, undefined, { schema: SCHEMA, filename: file, json: true });
    return { documents: numbered(values), duplicates: duplicateKeys(text) };
  }
}

function numbered(values: readonly unknown[]): readonly ParsedDocument[] {
  return values.flatMap((value, index) => (value === null || value === undefined ? [] : [{ index, value }]));
}

function looksLikeJson(text: string): boolean {
  const start = /\S/.exec(text)?.[0];
  return start === "{" || start === "[";
}

function parseJson(text: string, file: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    // YAML's flow style looks like JSON and is legal.
    try {
      return loadAll(text, undefined, { schema: SCHEMA })[0];
    } catch {
      const reason = error instanceof Error ? error.message : String(error);
      throw unreadable(file, undefined, reason, text);
    }
  }
}

function unreadable(file: string, line: number | undefined, reason: string, text: string): Failure {
  const where = line === undefined ? file : `${file}:${line + 1}`;
  const template = text.includes("{{")
    ? "; it looks like a chart template: render it first, e.g. helm template . | evenkeel check -"
    : "; wanted YAML or JSON";
  return new Failure(`${where}: cannot be read: ${reason}${template}`);
}
