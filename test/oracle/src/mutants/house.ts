import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ORACLE_ROOT } from "../paths";
import type { PlantedError } from "./planted";

const PACKAGES = {
  core: join("..", "..", "packages", "core"),
  "test-generators": join("..", "generators"),
} as const;

/** A copy of the built packages, in which an error can be planted without touching the originals. */
export interface House {
  /** The comparing program of the copy; its imports find the copy's core. */
  readonly check: string;
  /** Where the recorded answers of an operation lie. */
  answers(operation: string): string;
  /** Plants the error, runs `act`, and puts the file back. */
  with<T>(error: PlantedError, act: () => Promise<T>): Promise<T>;
  remove(): void;
}

export function buildHouse(): House {
  // Below this package, so that what the copy imports from elsewhere is found; each run has its own.
  const cache = join(ORACLE_ROOT, ".cache");
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, "mutants-"));
  for (const [name, path] of Object.entries(PACKAGES)) {
    const target = join(root, "node_modules", "@evenkeel", name);
    mkdirSync(target, { recursive: true });
    for (const part of ["package.json", "dist"])
      cpSync(join(ORACLE_ROOT, path, part), join(target, part), { recursive: true });
  }
  cpSync(join(ORACLE_ROOT, "dist"), join(root, "oracle", "dist"), { recursive: true });
  const core = join(root, "node_modules", "@evenkeel", "core", "dist");
  return {
    check: join(root, "oracle", "dist", "mutants", "check.js"),
    answers: (operation) => join(root, `${operation}.json`),
    remove: () => rmSync(root, { recursive: true, force: true }),
    async with(error, act) {
      const built = join(core, error.file.replace(/\.ts$/, ".js"));
      const sound = readFileSync(built, "utf8");
      writeFileSync(built, compiled(planted(error)));
      try {
        return await act();
      } finally {
        writeFileSync(built, sound);
      }
    },
  };
}

/** The source with the error in it. A text that stands there not once but never, or often, is refused: the list is stale. */
export function planted({ file, find, replace, name }: PlantedError): string {
  const path = join(ORACLE_ROOT, PACKAGES.core, "src", file);
  const pieces = readFileSync(path, "utf8").split(find);
  if (pieces.length !== 2)
    throw new Error(`${file}: "${find}" stands there ${pieces.length - 1} times; wanted once, for "${name}"`);
  return pieces.join(replace);
}

function compiled(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;
}
