import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { load } from "js-yaml";
import { ProjectError } from "../errors";

/** A Pulumi project as far as running its program needs it. */
export interface Project {
  readonly name: string;
  /** Directory of Pulumi.yaml. */
  readonly root: string;
  /** Directory that the program runs in. */
  readonly directory: string;
  /** What Node is given to run, relative to `directory`; `.` where package.json decides. */
  readonly entry: string;
  /** Whether the SDK shall compile TypeScript as it loads it. */
  readonly typescript: boolean;
  readonly nodeArguments: readonly string[];
  /** The `config` block: defaults and declared types, by full key. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Directory of the stack's configuration files. */
  readonly configDirectory: string;
}

/** Reads Pulumi.yaml of a directory. Errors name the file and what is wanted. */
export function readProject(program: string): Project {
  const root = resolve(program);
  if (!existsSync(root)) throw new ProjectError(`there is no directory ${program}`);
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find(existsSync);
  if (file === undefined)
    throw new ProjectError(`${program} holds no Pulumi.yaml; name the directory of a Pulumi project`);
  const yaml = readYamlMap(file);
  if (typeof yaml.name !== "string" || yaml.name === "")
    throw new ProjectError(`${file}: name is missing; wanted the name of the project`);
  const runtime = runtimeOf(yaml.runtime, file);
  const { directory, entry } = entryOf(root, yaml.main, file);
  const script = scriptOf(directory, entry);
  return {
    name: yaml.name,
    root,
    directory,
    entry,
    typescript: runtime.typescript ?? !isCompiled(script),
    nodeArguments: runtime.nodeArguments,
    config: asMap(yaml.config),
    configDirectory: typeof yaml.stackConfigDir === "string" ? join(root, yaml.stackConfigDir) : root,
  };
}

/** Reads a YAML file that holds a map. */
export function readYamlMap(file: string): Readonly<Record<string, unknown>> {
  const value = readYaml(file);
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new ProjectError(`${file}: wanted a map of keys and values`);
  return asMap(value);
}

function readYaml(file: string): unknown {
  try {
    return load(readFileSync(file, "utf8"), { filename: file });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ProjectError(`${file} is no YAML: ${text.split("\n", 1)[0]}`, text);
  }
}

export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function runtimeOf(
  runtime: unknown,
  file: string,
): { typescript?: boolean; nodeArguments: readonly string[] } {
  const name = typeof runtime === "string" ? runtime : asMap(runtime).name;
  if (name !== "nodejs")
    throw new ProjectError(
      `${file}: runtime is ${JSON.stringify(name) ?? "missing"}; only nodejs programs can be run; the output of pulumi preview --json can be checked instead`,
    );
  const options = asMap(asMap(runtime).options);
  const nodeargs = options.nodeargs;
  return {
    typescript: typeof options.typescript === "boolean" ? options.typescript : undefined,
    nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : [],
  };
}

// pulumi/pulumi pkg/engine/project.go getPwdMain: a program runs in the directory of its main file.
function entryOf(root: string, main: unknown, file: string): { directory: string; entry: string } {
  if (main === undefined || main === null || main === "") return { directory: root, entry: "." };
  const path = resolve(root, String(main));
  if (!existsSync(path)) throw new ProjectError(`${file}: main is ${String(main)}, and there is no ${path}`);
  return statSync(path).isDirectory()
    ? { directory: path, entry: "." }
    : { directory: dirname(path), entry: basename(path) };
}

/** The file that the SDK will load. If there is none, this says it in one line, which the SDK does not. */
function scriptOf(directory: string, entry: string): string {
  if (entry !== ".") return join(directory, entry);
  const manifest = nearestManifest(directory);
  const main = manifest === undefined ? undefined : mainOf(readJsonMap(manifest));
  const named = manifest !== undefined && main !== undefined ? join(dirname(manifest), main) : undefined;
  if (named !== undefined && existsSync(named)) return named;
  const index = INDEX_FILES.map((name) => join(directory, name)).find(existsSync);
  if (index === undefined)
    throw new ProjectError(
      named === undefined
        ? `${directory} holds no program: wanted ${INDEX_FILES.join(", ")}, or main in package.json`
        : `${String(manifest)} names the program ${String(main)}, which does not exist; build it first`,
    );
  return index;
}

const INDEX_FILES = ["index.js", "index.cjs", "index.mjs", "index.ts", "index.mts"];

/**
 * True if what will run is JavaScript that exists: then nothing is compiled, and the TypeScript compiler is not loaded, which
 * takes longer than most programs run.
 */
function isCompiled(script: string): boolean {
  return /\.[cm]?js$/.test(script);
}

// The SDK takes the nearest package.json upwards, also one of a surrounding package (cmd/run/run.js).
function nearestManifest(directory: string): string | undefined {
  const manifest = join(directory, "package.json");
  if (existsSync(manifest)) return manifest;
  return dirname(directory) === directory ? undefined : nearestManifest(dirname(directory));
}

function readJsonMap(file: string): Readonly<Record<string, unknown>> {
  try {
    return asMap(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new ProjectError(`${file} is no JSON`);
  }
}

// The order in which the SDK looks: cmd/run/run.js, `exports` before `main`.
function mainOf(manifest: Readonly<Record<string, unknown>>): string | undefined {
  const exported = manifest.exports;
  const candidates =
    exported === undefined
      ? [manifest.main]
      : [
          exported,
          asMap(exported)["."],
          ...["default", "require", "import"].map((key) => asMap(asMap(exported)["."])[key]),
        ];
  return candidates.find((candidate): candidate is string => typeof candidate === "string");
}
