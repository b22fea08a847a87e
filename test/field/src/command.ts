import { statSync } from "node:fs";
import { resolve } from "node:path";
import { printed } from "./print";
import { runField } from "./run";

const USAGE = "test:field: which folder? npm run test:field -- FOLDER, with a cases.jsonl in it or below it";

/** Exit status: 0 no answer is wrong (or the folder is not there), 1 one is, 2 the command cannot be run. */
export async function field(
  args: readonly string[],
  { log, error }: Pick<Console, "log" | "error"> = console,
): Promise<number> {
  const [folder, ...rest] = args;
  if (folder === undefined || rest.length > 0 || folder.startsWith("-")) {
    error(USAGE);
    return 2;
  }
  // The cases are not part of the repository, so a build of a bare clone has none.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    log(`test:field: SKIPPED, nothing was asked: ${folder} is no folder\n0 passed, 0 failed`);
    return 0;
  }
  const results = await runField(resolve(folder));
  log(printed(results));
  return results.some(({ cases }) => cases.some(({ outcome }) => outcome === "failed")) ? 1 : 0;
}
