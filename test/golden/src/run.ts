import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Difference, RecordedSet } from "./recorded";

/** What came of one file of recorded answers. */
export interface SetResult {
  readonly set: string;
  readonly cases: number;
  /** False where nothing here answers the question that the file records. */
  readonly modelled: boolean;
  /** Smallest case first. */
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly id: string;
  /** Length of the recorded line: the smallest case says most. */
  readonly size: number;
  readonly differences: readonly Difference[];
}

const EXTENSION = ".jsonl";

/** Compares every `.jsonl` file of a folder, in the order of the names. Rejects where the folder cannot be read. */
export async function runFolder(folder: string, sets: readonly RecordedSet[]): Promise<readonly SetResult[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION)).sort();
  const results: SetResult[] = [];
  for (const file of files) {
    const name = basename(file, EXTENSION);
    const set = sets.find((one) => one.name === name);
    results.push(await runFile(join(folder, file), name, set));
  }
  return results;
}

async function runFile(file: string, name: string, set: RecordedSet | undefined): Promise<SetResult> {
  let cases = 0;
  let at = 0;
  const disagreements: Disagreement[] = [];
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    at += 1;
    if (text.trim() === "") continue;
    cases += 1;
    if (!set) continue;
    const differences = compared(set, text);
    if (differences.length > 0)
      disagreements.push({ id: idOf(text) ?? `line ${at}`, size: text.length, differences });
  }
  disagreements.sort((a, b) => a.size - b.size);
  return { set: name, cases, modelled: set !== undefined, disagreements };
}

/** A line that our code cannot take is a disagreement too, not the end of the run. */
function compared(set: RecordedSet, text: string): readonly Difference[] {
  try {
    return set.compare(JSON.parse(text));
  } catch (error) {
    const ours = error instanceof Error ? error.stack : String(error);
    return [{ field: "(none)", recorded: "an answer", ours }];
  }
}

function idOf(text: string): string | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === "object" && line !== null && "id" in line && typeof line.id === "string"
      ? line.id
      : undefined;
  } catch {
    return undefined;
  }
}
