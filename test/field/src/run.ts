import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { ask } from "./ask";
import { readCase } from "./field-case";
import { judge, type Judgement } from "./judge";

/** What came of one `cases.jsonl`. */
export interface FolderResult {
  readonly folder: string;
  readonly cases: readonly CaseResult[];
}

export interface CaseResult extends Judgement {
  readonly id: string;
}

const CASES = "cases.jsonl";

/** Runs every `cases.jsonl` in a folder and the folders below it, in the order of their names. */
export async function runField(folder: string): Promise<readonly FolderResult[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names
    .filter((name) => name === CASES || name.endsWith(`/${CASES}`))
    .sort()
    .map((name) => join(folder, name));
  const results: FolderResult[] = [];
  for (const file of files)
    results.push({ folder: relative(folder, dirname(file)) || ".", cases: await runFile(file) });
  return results;
}

async function runFile(file: string): Promise<readonly CaseResult[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const results: CaseResult[] = [];
  for (const [at, line] of lines.entries())
    if (line.trim() !== "") results.push(await runCase(line, at + 1, dirname(file)));
  return results;
}

/** A line that cannot be read, and an answer that is no answer, fail: neither ends the run. */
async function runCase(line: string, at: number, folder: string): Promise<CaseResult> {
  let id = `line ${at}`;
  try {
    const asked = readCase(line);
    id = asked.id;
    return { id, ...judge(asked, await ask(asked, folder)) };
  } catch (error) {
    return { id, outcome: "failed", reasons: [error instanceof Error ? error.message : String(error)] };
  }
}
