import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FROZEN } from "./paths";

/** One question and what Kubernetes' code said, as a line of `frozen/<operation>.jsonl` or `frozen/<older release>/<operation>.jsonl`. */
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

/** Answers of an older release lie in a folder of its name. */
export function frozenFolder(release: string | undefined): string {
  return release === undefined ? FROZEN : join(FROZEN, release);
}

export function frozenPath(operation: string, kind: "jsonl" | "meta.json", release?: string): string {
  return join(frozenFolder(release), `${operation}.${kind}`);
}

export function readFrozen(operation: string, release?: string): readonly FrozenAnswer[] {
  const lines = readFileSync(frozenPath(operation, "jsonl", release), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as FrozenAnswer);
}
