import { statSync } from "node:fs";
import { report } from "./print";
import { runFolder } from "./run";
import { SETS } from "./sets";

const USAGE =
  "test:golden: which folder? npm run test:golden -- FOLDER (or EVENKEEL_GOLDEN=FOLDER), a folder of recorded answers, one .jsonl file a set";

interface Asked {
  readonly folder?: string;
  readonly shown?: number;
}

/** Exit status: 0 everything agrees (or nothing to compare, in CI), 1 something disagrees, 2 the command cannot be run. */
export async function golden(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { log, error }: Pick<Console, "log" | "error"> = console,
): Promise<number> {
  const { folder = environment.EVENKEEL_GOLDEN, shown } = asked(args);
  if (!folder) {
    // The recordings are not part of the repository, so a build of a bare clone has none.
    if (environment.CI) {
      log("test:golden: SKIPPED, nothing was compared: EVENKEEL_GOLDEN names no folder");
      return 0;
    }
    error(USAGE);
    return 2;
  }
  if (!isFolder(folder)) {
    error(`test:golden: ${folder} is no folder; wanted one with .jsonl files`);
    return 2;
  }
  const results = await runFolder(folder, SETS);
  if (results.every(({ modelled, cases }) => !modelled || cases === 0)) {
    error(
      `test:golden: nothing to compare in ${folder}; wanted ${SETS.map(({ name }) => `${name}.jsonl`).join(", ")}`,
    );
    return 2;
  }
  log(report(results, shown));
  return results.some(({ disagreements }) => disagreements.length > 0) ? 1 : 0;
}

/** `FOLDER`, `--dir FOLDER`, `--show N`. */
function asked(args: readonly string[]): Asked {
  const found: { folder?: string; shown?: number } = {};
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? "";
    const value = args[at + 1];
    if (argument === "--show" && value !== undefined && /^[0-9]+$/.test(value)) {
      found.shown = Number(value);
      at += 1;
    } else if (argument === "--dir" && value !== undefined) {
      found.folder = value;
      at += 1;
    } else if (!argument.startsWith("-") && found.folder === undefined) {
      found.folder = argument;
    } else {
      throw new Error(`test:golden: ${argument}: not known; wanted FOLDER [--show N]`);
    }
  }
  return found;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
