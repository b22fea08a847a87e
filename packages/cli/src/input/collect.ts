import { serverVersionOf, type HaproxySource } from "@evenkeel/adapters";
import type { SourceText } from "@evenkeel/core/model";
import { Failure } from "../failure";
import type { IO } from "../io";
import { progress } from "../progress";
import type { InputFile } from "./files";
import { haproxySource, mayBeHaproxy } from "./haproxy";
import { haproxyKeys, objectsOf, pulumiDocument, saysOfTraffic, textsOf, type PlacedObject } from "./objects";
import { parseText, type ParsedFile } from "./parse";
import { Positions } from "./positions";
import { readSource } from "./source";

/** What files hold. */
export interface Collected {
  /** Kubernetes objects that say something of traffic. */
  readonly objects: readonly PlacedObject[];
  readonly texts: readonly SourceText[];
  readonly haproxy: readonly HaproxySource[];
  /** Pulumi states and previews. */
  readonly states: readonly Readonly<Record<string, unknown>>[];
  /** The API server's version, where a file is what `kubectl version` printed. */
  readonly serverVersion?: string;
  /** Whether there was anything to look at: a Kubernetes object, a Pulumi document, a configuration of HAProxy. */
  readonly found: boolean;
  /** Files of folders that could not be read, each in one line. */
  readonly unread: readonly string[];
}

/**
 * Reads files one by one.
 * @throws Failure for a file that was named and cannot be read; those that a folder brought in are listed instead
 */
export async function collect(files: readonly InputFile[], io: IO): Promise<Collected> {
  const into: Mutable<Collected> = {
    objects: [],
    texts: [],
    haproxy: [],
    states: [],
    found: false,
    unread: [],
  };
  const bar = progress(io, files.length, "reading");
  try {
    for (const file of files) {
      await readInto(into, file, io);
      bar.step();
    }
  } finally {
    bar.stop();
  }
  return into;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

async function readInto(into: Mutable<Collected>, file: InputFile, io: IO): Promise<void> {
  let text = "apiVersion"; // what cannot even be opened may be a manifest
  try {
    const source = await readSource(file, io.stdin);
    if (typeof source !== "string") return readParsedInto(into, source, file);
    text = source;
    if (mayBeHaproxy(text, file)) readHaproxyInto(into, text, file);
    else readParsedInto(into, parseText(text, file.name), file, text);
  } catch (error) {
    if (!file.inFolder || !(error instanceof Failure)) throw error;
    if (mayMatter(text, file)) into.unread.push(error.message);
  }
}

/** A `.cfg` file of another program is passed over. */
function readHaproxyInto(into: Mutable<Collected>, text: string, file: InputFile): void {
  const source = haproxySource(text, file, into.haproxy);
  if (!source) return;
  into.found = true;
  into.haproxy.push(source);
}

/** Without its text, a very large file has no lines to tell. */
function readParsedInto(into: Mutable<Collected>, parsed: ParsedFile, file: InputFile, text = ""): void {
  const state = pulumiDocument(parsed);
  if (state) {
    into.states.push(state);
    into.found = true;
    return;
  }
  into.serverVersion ??= parsed.documents
    .map(({ value }) => serverVersionOf(value))
    .find((version) => version !== undefined);
  const all = objectsOf(parsed, file.name);
  into.found ||= all.length > 0;
  for (const one of withTextStarts(all.filter(saysOfTraffic), text)) into.objects.push(one);
  into.texts.push(...textsOf(parsed, file.name));
}

/** The lines of what stands in ConfigMaps, found only where there is such a one. */
function withTextStarts(objects: readonly PlacedObject[], text: string): readonly PlacedObject[] {
  let positions: Positions | undefined;
  return objects.map((one) => {
    const { document, item } = one.source;
    const starts = haproxyKeys(one).flatMap((key) => {
      positions ??= new Positions(text);
      const start = positions.textStart(document, ["data", key], item);
      return start === undefined ? [] : [[key, start] as const];
    });
    return starts.length === 0 ? one : { ...one, textStarts: Object.fromEntries(starts) };
  });
}

/** A folder holds more than manifests, JSON with comments for one; only what could be of use is missed. */
function mayMatter(text: string, file: InputFile): boolean {
  return mayBeHaproxy(text, file) || /\bapiVersion\b|"(deployment|checkpoint|steps)"/.test(text);
}
