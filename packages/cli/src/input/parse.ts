import { loadAll, YAMLException } from "js-yaml";
import { Failure } from "../failure";
import { boundless, MAX_DEPTH, tooDeep } from "./bounds";
import { jsonValues } from "./json-values";
import { duplicateKeys, type DuplicateKey } from "./positions";
import { SCHEMA } from "./schema";

/** One document of a file, as plain data. */
interface ParsedDocument {
  readonly index: number;
  readonly value: unknown;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly duplicates: readonly DuplicateKey[];
}

/**
 * Reads YAML or JSON text, also several JSON values one after the other. The fast parser without positions goes first; only a file
 * with a duplicate key is read again with the one that knows places, since the last of two equal keys silently wins and people
 * should know.
 * @throws Failure with file, line and what the parser says, if the text is neither, or is nested without end.
 */
export function parseText(text: string, file: string): ParsedFile {
  const values = jsonValues(text)?.map(({ value }) => value);
  const parsed = values ? { documents: numbered(values), duplicates: [] } : parseYaml(text, file);
  for (const { value } of parsed.documents) {
    const reason = values ? tooDeep(value) : boundless(value);
    if (reason !== undefined)
      throw new Failure(`${file}: cannot be read: ${reason}; wanted a finite manifest`);
  }
  return parsed;
}

function parseYaml(text: string, file: string): ParsedFile {
  try {
    return { documents: yamlDocuments(text, file, false), duplicates: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (!error.reason.includes("duplicated mapping key")) throw unreadable(file, error, text);
  }
  try {
    return { documents: yamlDocuments(text, file, true), duplicates: duplicateKeys(text) };
  } catch (error) {
    // What stands behind the duplicate key may be no YAML after all.
    throw error instanceof YAMLException ? unreadable(file, error, text) : error;
  }
}

/** `lastWins` keeps the last of equal keys, as Kubernetes does. */
function yamlDocuments(text: string, file: string, lastWins: boolean): readonly ParsedDocument[] {
  const options = { schema: SCHEMA, filename: file, json: lastWins, maxDepth: MAX_DEPTH };
  return numbered(loadAll(text, undefined, options));
}

function numbered(values: readonly unknown[]): readonly ParsedDocument[] {
  return values.flatMap((value, index) => (value === null || value === undefined ? [] : [{ index, value }]));
}

function unreadable(file: string, { mark, reason }: YAMLException, text: string): Failure {
  const where = mark?.line === undefined ? file : `${file}:${mark.line + 1}`;
  const template = text.includes("{{")
    ? "; it looks like a chart template: render it first, e.g. helm template . | evenkeel check -"
    : "; wanted YAML or JSON";
  return new Failure(`${where}: cannot be read: ${reason}${template}`);
}
