import type { SourceText } from "@evenkeel/rules";
import { Failure } from "../failure";
import type { IO } from "../io";
import { progress } from "../progress";
import { readInput, type InputFile } from "./files";
import { objectsOf, pulumiDocument, saysOfTraffic, textsOf, type PlacedObject } from "./objects";
import { parseText, type ParsedFile } from "./parse";

/** What files hold. */
export interface Collected {
  /** Kubernetes objects that say something of traffic. */
  readonly objects: readonly PlacedObject[];
  readonly texts: readonly SourceText[];
  /** Pulumi states and previews. */
  readonly states: readonly Readonly<Record<string, unknown>>[];
  /** Whether there was any Kubernetes object or Pulumi document at all. */
  readonly found: boolean;
  /** Files of folders that could not be read, each in one line. */
  readonly unread: readonly string[];
}

/**
 * Reads files one by one.
 * @throws Failure for a file that was named and cannot be read; those that a folder brought in are listed instead
 */
export async function collect(files: readonly InputFile[], io: IO): Promise<Collected> {
  const objects: PlacedObject[] = [];
  const texts: SourceText[] = [];
  const states: Readonly<Record<string, unknown>>[] = [];
  const unread: string[] = [];
  let found = false;
  const bar = progress(io, files.length, "reading");
  try {
    for (const file of files) {
      const parsed = await readFrom(file, io, unread);
      bar.step();
      if (!parsed) continue;
      const state = pulumiDocument(parsed);
      if (state) states.push(state);
      const all = state ? [] : objectsOf(parsed, file.name);
      found ||= state !== undefined || all.length > 0;
      objects.push(...all.filter(saysOfTraffic));
      if (!state) texts.push(...textsOf(parsed, file.name));
    }
  } finally {
    bar.stop();
  }
  return { objects, texts, states, found, unread };
}

async function readFrom(file: InputFile, io: IO, unread: string[]): Promise<ParsedFile | undefined> {
  let text = "apiVersion"; // what cannot even be opened may be a manifest
  try {
    text = await readInput(file, io.stdin);
    return parseText(text, file.name);
  } catch (error) {
    if (!file.inFolder || !(error instanceof Failure)) throw error;
    if (mayMatter(text)) unread.push(error.message);
    return undefined;
  }
}

/** A folder holds more than manifests, JSON with comments for one; only what could be a manifest or a state is missed. */
function mayMatter(text: string): boolean {
  return /\bapiVersion\b|"(deployment|checkpoint|steps)"/.test(text);
}
