import { readFile } from "node:fs/promises";
import { nearest } from "@evenkeel/core/model";
import type { MissingAnswer, PreviewOptions, PropertyMap } from "@evenkeel/offline";
import { Failure, reasonOf } from "../failure";
import { parseText } from "../input/parse";

/** What a file of `--answers` may hold; all of it is optional. */
export interface Answers {
  /** Results of functions and methods by token; a list where they depend on the arguments. */
  readonly invokes?: Readonly<Record<string, PropertyMap | readonly AnswerTo[]>>;
  /** Outputs of resources that exist, by type and id. */
  readonly reads?: Readonly<Record<string, Readonly<Record<string, PropertyMap>>>>;
  /** Outputs of other stacks by name. */
  readonly stackReferences?: Readonly<Record<string, PropertyMap>>;
  /** Configuration by key. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Secret configuration by key, in the place of what the stack's file holds encrypted. */
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/** The result of a function for these arguments; others may be given too. */
interface AnswerTo {
  readonly args: PropertyMap;
  readonly result: PropertyMap;
}

const KEYS = ["invokes", "reads", "stackReferences", "config", "secrets"] as const;

/** @throws Failure that names the file and what is wrong with it */
export async function readAnswers(file: string): Promise<Answers> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file}: ${reasonOf(error)}; wanted answers in JSON or YAML`);
  });
  const document = parseText(text, file).documents[0]?.value ?? {};
  if (!isRecord(document)) throw new Failure(`${file}: wanted a map with ${KEYS.join(", ")}`);
  for (const [key, value] of Object.entries(document)) {
    if (!KEYS.some((known) => known === key))
      throw new Failure(
        `${file}: ${key}: no such kind of answer; wanted ${KEYS.join(", ")}${nearest(key, KEYS)}`,
      );
    if (!isRecord(value)) throw new Failure(`${file}: ${key}: wanted a map`);
    const wrong = key === "invokes" ? Object.entries(value).find(([, one]) => !isResult(one)) : undefined;
    if (wrong)
      throw new Failure(
        `${file}: invokes["${wrong[0]}"]: wanted the result as a map, or a list of { args, result }`,
      );
  }
  // Every kind is a map of JSON values, which is all that the program is given.
  return document as Answers;
}

/** The answers as a preview takes them. */
export function asOptions({
  invokes = {},
  ...others
}: Answers): Pick<PreviewOptions, "invokes" | "reads" | "stackReferences" | "config" | "secrets"> {
  const table = Object.entries(invokes).map(([token, answer]) => [
    token,
    isList(answer) ? (args: PropertyMap) => answer.find((one) => holds(args, one.args))?.result : answer,
  ]);
  return { ...others, invokes: Object.fromEntries(table) };
}

/** The answers with a place for each that is missing, to be filled in. */
export function withPlaces(given: Answers, missing: readonly MissingAnswer[], more: Answers = {}): Answers {
  const invokes: Record<string, PropertyMap | readonly AnswerTo[]> = { ...given.invokes };
  const reads: Record<string, Record<string, PropertyMap>> = structuredClone({ ...given.reads });
  const stackReferences: Record<string, PropertyMap> = { ...given.stackReferences };
  for (const { what, subject, id = "", args = {} } of missing) {
    if (what === "stackReference") stackReferences[subject] ??= {};
    else if (what === "read") (reads[subject] ??= {})[id] ??= {};
    else {
      const before = invokes[subject];
      invokes[subject] = [...(before && isList(before) ? before : []), { args, result: {} }];
    }
  }
  const config = { ...given.config, ...more.config };
  const secrets = { ...given.secrets, ...more.secrets };
  const all = { invokes, reads, stackReferences, config, secrets };
  return Object.fromEntries(Object.entries(all).filter(([, map]) => Object.keys(map).length > 0));
}

function isResult(value: unknown): boolean {
  if (!Array.isArray(value)) return isRecord(value);
  return value.every((one) => isRecord(one) && isRecord(one["args"]) && isRecord(one["result"]));
}

function isList(answer: PropertyMap | readonly AnswerTo[]): answer is readonly AnswerTo[] {
  return Array.isArray(answer);
}

/** Whether the arguments of a call have all these values. */
function holds(args: PropertyMap, wanted: PropertyMap): boolean {
  return Object.entries(wanted).every(([key, value]) => JSON.stringify(args[key]) === JSON.stringify(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
