import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// Within the package, so that programs find the SDKs of the workspace; the folder is ignored by git.
const ROOT = join(__dirname, "..", ".cache");

/** Directories of programs and packs that live as long as a test file. */
export class Projects {
  readonly #directories: string[] = [];

  /** A project whose program is the given JavaScript; `files` adds to it, or replaces what it consists of. */
  program(source: string, files: Readonly<Record<string, string>> = {}): string {
    return this.write({
      "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
      "package.json": '{ "private": true, "main": "index.js" }',
      "index.js": source,
      ...files,
    });
  }

  /** A policy pack from the arguments of `new PolicyPack("tested", …)`. */
  pack(args: string, files: Readonly<Record<string, string>> = {}): string {
    return this.write({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": '{ "private": true, "version": "1.2.3", "main": "index.js" }',
      "index.js": `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("tested", ${args});\n`,
      ...files,
    });
  }

  write(files: Readonly<Record<string, string>>): string {
    mkdirSync(ROOT, { recursive: true });
    const directory = mkdtempSync(join(ROOT, "test-"));
    this.#directories.push(directory);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return directory;
  }

  remove(): void {
    for (const directory of this.#directories) rmSync(directory, { recursive: true, force: true });
    this.#directories.length = 0;
  }
}
