import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { factsPage } from "./facts";
import { recommendationsPage } from "./recommendations/index";
import { requirementsPage } from "./requirements";
import { rulePages } from "./rules";
import { schemas } from "./schemas";

/** One generated file, by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const ROOT = resolve(__dirname, "../..");

/** Folders that hold generated files only: what is no longer generated is removed from them. */
const OWNED = ["docs/rules"];

async function main(check: boolean): Promise<number> {
  const pages = await Promise.all(
    [...rulePages(), factsPage(), recommendationsPage(), requirementsPage(), ...schemas(ROOT)].map(pretty),
  );
  const wanted = new Map(pages.map(({ path, text }) => [path, text]));
  const stale = OWNED.flatMap((folder) =>
    readdirSafely(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  ).filter((path) => !wanted.has(path));
  const changed = pages
    .filter(({ path, text }) => readSafely(join(ROOT, path)) !== text)
    .map(({ path }) => path);
  if (check) {
    for (const path of [...changed, ...stale])
      console.error(`${path}: not what the code says; run \`npm run docs\``);
    if (changed.length + stale.length === 0)
      console.log(`${pages.length} generated files are what the code says`);
    return changed.length + stale.length > 0 ? 1 : 0;
  }
  for (const path of stale) rmSync(join(ROOT, path));
  for (const { path, text } of pages) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
  console.log(
    `${pages.length} files generated, ${changed.length} changed, ${stale.length} removed (${relative(process.cwd(), ROOT) || "."})`,
  );
  return 0;
}

async function pretty({ path, text }: Page): Promise<Page> {
  const options = await resolveConfig(join(ROOT, path));
  return { path, text: await format(text, { ...options, filepath: path }) };
}

function readSafely(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function readdirSafely(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** The policy pack writes its own README and presets, from the same catalogue. */
function packDocs(check: boolean): number {
  const script = join(ROOT, "policy-packs/service-traffic/scripts/docs.mjs");
  return (
    spawnSync(process.execPath, [script, ...(check ? ["--check"] : [])], { stdio: "inherit" }).status ?? 1
  );
}

const check = process.argv.includes("--check");
void main(check).then((code) => {
  process.exitCode = packDocs(check) || code;
});
