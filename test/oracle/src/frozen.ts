import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FROZEN } from "./paths";

/** One question and what Kubernetes' code said, as a line of `frozen/<operation>.jsonl`. */
export interface FrozenAnswer {
  readonly input: unknown;
  readonly output: unknown;
}

/** How the answers were made: `frozen/<operation>.meta.json`. */
export interface FrozenMeta {
  readonly operation: string;
  readonly cases: number;
  readonly seed: number;
  /** Module versions that answered. */
  readonly modules: unknown;
  readonly made: string;
}

export function frozenPath(operation: string, kind: "jsonl" | "meta.json"): string {
  return join(FROZEN, `${operation}.${kind}`);
}

export function readFrozen(operation: string): readonly FrozenAnswer[] {
  const lines = readFileSync(frozenPath(operation, "jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as FrozenAnswer);
}
