// Packs every package that is published, as npm would, and asks two tools about the tarball: publint about package.json and the
// files that it names, Are the Types Wrong about whether TypeScript finds the declarations that Node's resolution leads to.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

/** The command has no library, so that there are no types to find. */
const WITHOUT_TYPES = new Set(["evenkeel"]);

// Resolution of TypeScript before `exports` was known: Node 16 and later never resolve like that.
const IGNORED_RESOLUTIONS = new Set(["node10"]);

const target = await mkdtemp(join(tmpdir(), "evenkeel-packed-"));
try {
  const packages = await published();
  // The scripts of packing would build once more.
  const workspaces = packages.flatMap(({ name }) => ["-w", name]);
  const { stdout } = await run(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", target, ...workspaces],
    { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
  );
  const packed = Object.values(JSON.parse(stdout));
  const problems = [];
  for (const { name } of packages) {
    const { filename } = packed.find((one) => one.name === name);
    const tarball = await readFile(join(target, filename));
    problems.push(...(await packaging(tarball)).map((text) => `${name}: ${text}`));
    if (!WITHOUT_TYPES.has(name)) problems.push(...(await types(tarball)).map((text) => `${name}: ${text}`));
  }
  for (const problem of problems) console.error(problem);
  console.log(`${packages.length} packages packed, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(target, { recursive: true, force: true });
}

async function published() {
  const folders = await Promise.all(
    ["packages", "policy-packs"].map(async (parent) =>
      (await readdir(join(ROOT, parent))).map((name) => join(ROOT, parent, name)),
    ),
  );
  const packages = await Promise.all(
    folders.flat().map(async (folder) => JSON.parse(await readFile(join(folder, "package.json"), "utf8"))),
  );
  return packages.filter((one) => one.private !== true);
}

async function packaging(tarball) {
  const { messages, pkg } = await publint({
    strict: true,
    pack: {
      tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength),
    },
  });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

async function types(tarball) {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ["no types are found"];
  return analysis.problems
    .filter(({ resolutionKind }) => !IGNORED_RESOLUTIONS.has(resolutionKind))
    .map(({ kind, entrypoint, resolutionKind, fileName }) =>
      [kind, entrypoint ?? fileName, resolutionKind].filter((part) => part !== undefined).join(" "),
    );
}
