import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Sandbox } from "./sandbox";

/** The compiled programs and packs of this suite; `tsc -b` makes them. */
const COMPILED = resolve(__dirname, "../../dist");

/** The repository: its `node_modules` hold every package of the workspace. */
export const REPOSITORY = resolve(__dirname, "../../../..");

/**
 * A Pulumi project whose program is one compiled module of this suite. Returns the project's folder.
 *
 * @param settings configuration of the stack `dev`, keys without the project's name
 */
export function fixtureProject(
  sandbox: Sandbox,
  name: string,
  module: string,
  settings: Readonly<Record<string, string | boolean>> = {},
): string {
  const directory = join(sandbox.root, "projects", name);
  mkdirSync(directory, { recursive: true });
  write(
    directory,
    "Pulumi.yaml",
    `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
  );
  const config = Object.entries(settings).map(
    ([key, value]) => `  ${name}:${key}: ${JSON.stringify(value)}\n`,
  );
  if (config.length > 0) write(directory, "Pulumi.dev.yaml", `config:\n${config.join("")}`);
  write(
    directory,
    "package.json",
    JSON.stringify({ name, version: "0.0.1", main: "index.js", dependencies: PROVIDERS }),
  );
  write(
    directory,
    "index.js",
    `module.exports = require(${JSON.stringify(join(COMPILED, "programs", module))});\n`,
  );
  symlinkSync(join(REPOSITORY, "node_modules"), join(directory, "node_modules"));
  return directory;
}

const PROVIDERS = { "@pulumi/aws": "*", "@pulumi/kubernetes": "*", "@pulumi/pulumi": "*" };

/** A policy pack whose entry is one compiled module of this suite. Returns the pack's folder. */
export function fixturePack(sandbox: Sandbox, name: string, module: string): string {
  const directory = join(sandbox.root, "packs", name);
  if (existsSync(directory)) return directory;
  mkdirSync(directory, { recursive: true });
  write(directory, "PulumiPolicy.yaml", "runtime:\n  name: nodejs\n  options:\n    typescript: false\n");
  write(directory, "package.json", JSON.stringify({ name, version: "0.0.1", main: "index.js" }));
  write(directory, "index.js", `require(${JSON.stringify(join(COMPILED, "packs", module))});\n`);
  symlinkSync(join(REPOSITORY, "node_modules"), join(directory, "node_modules"));
  return directory;
}

/**
 * A stand-in for a checked-out example: its settings are copied, because `stack init` writes beside Pulumi.yaml, and all
 * else is linked, so that what runs is what the build made.
 */
export function stageProject(sandbox: Sandbox, source: string, name: string): string {
  const directory = join(sandbox.root, "projects", name);
  mkdirSync(directory, { recursive: true });
  for (const entry of readdirSync(source)) {
    if (/^Pulumi\..*ya?ml$/.test(entry)) cpSync(join(source, entry), join(directory, entry));
    else symlinkSync(join(source, entry), join(directory, entry));
  }
  const modules = join(directory, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(REPOSITORY, "node_modules"), modules);
  return directory;
}

function write(directory: string, name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}
