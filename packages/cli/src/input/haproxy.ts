import { haproxyMistake, isHaproxyConfig, readAfter, type HaproxySource } from "@evenkeel/adapters";
import { basename, dirname } from "node:path";
import { Failure } from "../failure";
import { STDIN, type InputFile } from "./files";

/** Whether a file is to be read as HAProxy does: any `.cfg` file, and what starts like one and is no manifest by its name. */
export function mayBeHaproxy(text: string, { name }: InputFile): boolean {
  return name.endsWith(".cfg") || (!/\.(ya?ml|json)$/.test(name) && isHaproxyConfig(text));
}

/**
 * The configuration in a file, read on from those of its folder that were read before; undefined for a `.cfg` file of another
 * program.
 * @throws Failure with file and line for one that HAProxy would not take
 */
export function haproxySource(
  text: string,
  { name: file, inFolder }: InputFile,
  earlier: readonly HaproxySource[],
): HaproxySource | undefined {
  if (!isHaproxyConfig(text)) return undefined;
  const name = file === STDIN ? "stdin" : basename(file);
  const resource = { kind: "HAProxy", name, source: { file, document: 0 } };
  const beside = inFolder ? earlier.filter((one) => folderOf(one) === dirname(file)) : [];
  const source = readAfter({ home: { resource, firstLine: 1 }, text }, beside);
  const mistake = haproxyMistake(source);
  if (!mistake) return source;
  const hint = text.includes("{{") ? "; it looks like a template: render it first" : "";
  throw new Failure(
    `${file}:${mistake.line}: cannot be read as HAProxy's configuration: ${mistake.seen}; wanted ${mistake.wanted}${hint}`,
  );
}

function folderOf({ home }: HaproxySource): string | undefined {
  const file = home.resource.source?.file;
  return file === undefined ? undefined : dirname(file);
}
