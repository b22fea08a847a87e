import { loadAll, type EventType, type State } from "js-yaml";
import { MAX_DEPTH } from "./bounds";
import { SCHEMA } from "./schema";

/** Where the nodes of a document stand; one-based lines. */
export interface Outline {
  readonly line: number;
  /** Of a map: its string keys, the last of equal ones. */
  readonly pairs?: ReadonlyMap<string, { readonly line: number; readonly value: Outline }>;
  /** Of a sequence. */
  readonly items?: readonly Outline[];
}

/** A node while it is read; those that stand in it, keys and values in turn, in the order in which they were read. */
interface Reading {
  readonly line: number;
  readonly inside: Reading[];
  value?: unknown;
}

/**
 * The outlines of a YAML text's documents, from the fast parser's own events, which tell each node's beginning and end but not what it
 * is in its parent. That is worked out, and checked against the value that the parser made of it; undefined where the two do not
 * agree, and somebody slower must be asked.
 */
export function outlinesOf(text: string): readonly Outline[] | undefined {
  const roots: Reading[] = [];
  const open: Reading[] = [];
  const listener = (event: EventType, { line, result }: State): void => {
    if (event === "open") return void open.push({ line: line + 1, inside: [] });
    const read = open.pop();
    if (!read) return;
    read.value = result as unknown;
    (open.at(-1)?.inside ?? roots).push(read);
  };
  try {
    const options = { schema: SCHEMA, json: true, maxDepth: MAX_DEPTH, listener };
    const documents = loadAll(text, undefined, options);
    return documents.length === roots.length ? roots.map(outlineOf) : undefined;
  } catch {
    return undefined;
  }
}

/** Says that the events are not what they were taken for. */
class Disagreement extends Error {}

function outlineOf(read: Reading): Outline {
  const { line, value } = read;
  const inside = insideOf(read);
  // What an alias stands for is written elsewhere.
  if (inside.length === 0 || typeof value !== "object" || value === null) return { line };
  if (Array.isArray(value)) {
    if (inside.length !== value.length || inside.some((one, index) => one.value !== value[index]))
      throw new Disagreement();
    return { line, items: inside.map(outlineOf) };
  }
  return { line, pairs: pairsOf(inside, new Map(Object.entries(value))) };
}

/**
 * What stands in a node. The parser tries every node as a map first: one that is none stands alone within itself then, and a map at
 * the end of its document is followed by a key that was not there.
 */
function insideOf({ inside, value }: Reading): readonly Reading[] {
  const [only] = inside;
  if (inside.length === 1 && only && only.value === value) return insideOf(only);
  return !Array.isArray(value) && inside.length % 2 === 1 && inside.at(-1)?.value === null
    ? inside.slice(0, -1)
    : inside;
}

const MERGE = "<<";

function pairsOf(
  inside: readonly Reading[],
  value: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, { readonly line: number; readonly value: Outline }> {
  const pairs = new Map<string, { readonly line: number; readonly value: Outline }>();
  const last = new Map<string, unknown>();
  for (let index = 0; index < inside.length; index += 2) {
    const [key, of] = [inside[index], inside[index + 1]];
    if (!key || !of) throw new Disagreement();
    last.set(String(key.value), of.value);
    if (typeof key.value === "string") pairs.set(key.value, { line: key.line, value: outlineOf(of) });
  }
  for (const [key, one] of last) if (key !== MERGE && value.get(key) !== one) throw new Disagreement();
  if (!last.has(MERGE) && last.size !== value.size) throw new Disagreement();
  return pairs;
}
