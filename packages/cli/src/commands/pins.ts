import { NO_PINS, readPins, type Pins } from "@evenkeel/core/decide";
import { nearest } from "@evenkeel/core/model";
import { readFile } from "node:fs/promises";
import { Failure, reasonOf } from "../failure";
import { writeOutput } from "../output";

/**
 * The choices that a file holds; none where there is no file yet.
 * @throws Failure that names everything that is wrong, each in one line
 */
export async function pinsIn(file: string): Promise<Pins> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw new Failure(`${file}: cannot be read: ${reasonOf(error)}`);
  });
  if (text === undefined) return NO_PINS;
  const { pins, problems } = readPins(parsed(text, file));
  if (problems.length > 0) throw new Failure(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return pins;
}

export async function writePins(file: string, pins: Pins): Promise<void> {
  await writeOutput(file, `${JSON.stringify(pins, null, 2)}\n`);
}

/**
 * What is said of choices whose Services this input does not have. They stay; one whose name is near another's is likely misspelled.
 *
 * @param keys `namespace/name` of the Services that were looked at
 */
export function strayPins(
  file: string,
  { choices, internal = {} }: Pins,
  keys: readonly string[],
): readonly string[] {
  const stray = [...new Set([...Object.keys(choices), ...Object.keys(internal)])].filter(
    (key) => !keys.includes(key),
  );
  const hinted = stray.map((key) => ({ key, hint: nearest(key, keys) }));
  const misspelled = hinted
    .filter(({ hint }) => hint !== "")
    .map(({ key, hint }) => `${file}: ${JSON.stringify(key)}: no such Service in this input${hint}`);
  const others = hinted.length - misspelled.length;
  return others === 0
    ? misspelled
    : [
        ...misspelled,
        `${file}: ${others} choice${others === 1 ? "" : "s"} of Services that are not in this input stay${others === 1 ? "s" : ""} as written`,
      ];
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file}: no JSON: ${reasonOf(error)}; wanted what evenkeel decide --pin writes`);
  }
}

function isAbsent(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
