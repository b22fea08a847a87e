import { DEFAULT_REQUIREMENTS, CLIENT_ADDRESS_WISHES, type Requirements } from "@evenkeel/core/decide";
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
  const requirements = readRequirements(written["requirements"], problems);
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

interface Range {
  readonly wanted: string;
  holds(value: number): boolean;
}

const RANGES: Readonly<Record<"maxHottest" | "minNodesServing" | "maxDropped", Range>> = {
  maxHottest: { wanted: "a number, at least 1, which is even", holds: (value) => value >= 1 },
  minNodesServing: {
    wanted: "a whole number of nodes, not negative",
    holds: (value) => Number.isInteger(value) && value >= 0,
  },
  maxDropped: { wanted: "a fraction from 0 to 1", holds: (value) => value >= 0 && value <= 1 },
};

function readRequirements(value: unknown, problems: string[]): Partial<Requirements> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push("requirements: wanted a map");
    return {};
  }
  const read: { -readonly [K in keyof Requirements]?: Requirements[K] } = {};
  const allowed = Object.keys(DEFAULT_REQUIREMENTS);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [key, one] of entries) {
    if (key === "clientAddress") {
      const wish = CLIENT_ADDRESS_WISHES.find((known) => known === one);
      if (wish) read.clientAddress = wish;
      else
        problems.push(
          `requirements.clientAddress: ${String(one)}; wanted ${CLIENT_ADDRESS_WISHES.join(", ")}${nearest(String(one), CLIENT_ADDRESS_WISHES)}`,
        );
    } else if (key === "maxHottest" || key === "minNodesServing" || key === "maxDropped") {
      const { holds, wanted } = RANGES[key];
      if (typeof one === "number" && holds(one)) read[key] = one;
      else problems.push(`requirements.${key}: ${String(one)}; wanted ${wanted}`);
    } else problems.push(`requirements.${key}: unknown requirement${nearest(key, allowed)}`);
  }
  return read;
}
