import { haproxyMistake, isHaproxyConfig, type HaproxySource } from "@evenkeel/adapters";
import { basename } from "node:path";
import { Failure } from "../failure";
import { STDIN, type InputFile } from "./files";

/** Whether a file is to be read as HAProxy does: any `.cfg` file, and what starts like one and is no manifest by its name. */
export function mayBeHaproxy(text: string, { name }: InputFile): boolean {
  return name.endsWith(".cfg") || (!/\.(ya?ml|json)$/.test(name) && isHaproxyConfig(text));
}

/**
 * The configuration in a file; undefined for a `.cfg` file of another program.
 * @throws Failure with file and line for one that HAProxy would not take
 */
export function haproxySource(text: string, file: string): HaproxySource | undefined {
  if (!isHaproxyConfig(text)) return undefined;
  const mistake = haproxyMistake(text);
  if (mistake) {
    const hint = text.includes("{{") ? "; it looks like a template: render it first" : "";
    throw new Failure(
      `${file}:${mistake.line}: cannot be read as HAProxy's configuration: ${mistake.seen}; wanted ${mistake.wanted}${hint}`,
    );
  }
  const source = { file, document: 0 };
  const name = file === STDIN ? "stdin" : basename(file);
  return { home: { resource: { kind: "HAProxy", name, source }, firstLine: 1 }, text };
}
