import { readRequirements, type Requirements } from "@evenkeel/core/decide";
import { CATALOGUE, nearest, readEnforcement, type Enforcement } from "@evenkeel/rules";
import { readFile } from "node:fs/promises";
import { Failure } from "./failure";
import { parseText } from "./input/parse";

/** What a configuration file may say: `levels`, `onUnknown`, `exemptions`, `requirements`. */
export interface Config {
  readonly enforcement: Enforcement;
  readonly requirements: Partial<Requirements>;
}

const KEYS = ["levels", "onUnknown", "exemptions", "requirements"] as const;

/**
 * Reads the configuration file, or the defaults without one.
 * @throws Failure that lists every problem of the file, each with its path and what is wanted.
 */
export async function readConfig(file: string | undefined, today: string): Promise<Config> {
  const problems: string[] = [];
  const written = file === undefined ? {} : await readObject(file, problems);
  for (const key of Object.keys(written)) {
    if (!KEYS.some((known) => known === key)) problems.push(`${key}: unknown property${nearest(key, KEYS)}`);
  }
  const levels = texts(written["levels"], "levels", problems);
  const onUnknown =
    typeof written["onUnknown"] === "string"
      ? written["onUnknown"]
      : texts(written["onUnknown"], "onUnknown", problems);
  const exemptions = written["exemptions"];
  if (exemptions !== undefined && !Array.isArray(exemptions)) problems.push("exemptions: wanted a list");
  const enforcement = readEnforcement(
    { levels, onUnknown, exemptions: Array.isArray(exemptions) ? exemptions : [], today },
    CATALOGUE.map(({ id }) => id),
  );
  const requirements = requirementsOf(written["requirements"], problems);
  const all = [...problems, ...enforcement.problems];
  if (all.length > 0)
    throw new Failure(all.map((problem) => `${file ?? "configuration"}: ${problem}`).join("\n"));
  return { enforcement: enforcement.value, requirements };
}

async function readObject(file: string, problems: string[]): Promise<Record<string, unknown>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`${file}: no such file; wanted a configuration in YAML or JSON`);
  });
  const { documents, duplicates } = parseText(text, file);
  for (const { path, firstLine, line } of duplicates)
    problems.push(`${path}: written on line ${firstLine} and again on line ${line}; wanted once`);
  if (documents.length > 1) problems.push(`${documents.length} documents; wanted one`);
  const value = documents[0]?.value ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Failure(`${file}: wanted a map with ${KEYS.join(", ")}`);
  return { ...value };
}

function texts(value: unknown, where: string, problems: string[]): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(`${where}: wanted a map of rule ids (or all) to values`);
    return {};
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}

function requirementsOf(value: unknown, problems: string[]): Partial<Requirements> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push("requirements: wanted a map");
    return {};
  }
  const read = readRequirements({ ...value });
  problems.push(...read.problems);
  return read.value;
}

/**
 * Adds what `--require key=value` says to the requirements of the file.
 * @throws Failure that lists every mistake
 */
export function withRequired(config: Config, required: readonly string[] = []): Config {
  const problems: string[] = [];
  const written = required.flatMap((text): (readonly [string, unknown])[] => {
    const [name = "", ...rest] = text.split("=");
    if (rest.length > 0 && name !== "") return [[name.trim(), scalar(rest.join("=").trim())]];
    problems.push(`--require ${text}: wanted key=value, such as maxHottest=1.3`);
    return [];
  });
  const read = readRequirements(Object.fromEntries(written), "");
  problems.push(...read.problems.map((problem) => `--require ${problem}`));
  if (problems.length > 0) throw new Failure(problems.join("\n"));
  return { ...config, requirements: { ...config.requirements, ...read.value } };
}

/** As YAML would read it: a number, true or false, else a word. */
function scalar(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
