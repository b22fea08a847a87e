import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pinKey, readPins, type Pins } from "@evenkeel/core/decide";
import { nearest } from "@evenkeel/core/model";
import type { ServiceArgs } from "../args";
import type { ChoiceArgs, PinnedArgs } from "../decision-args";
import { refuseArguments } from "../decision/refusal";
import { isLater, isPlainObject } from "./now";
import type { Problem } from "./problem";
import { whyUnreadable } from "./unreadable";

/** Arguments with what a file says in the place of its name. */
export interface WithDecision<T> {
  readonly args: T;
  /** What the file does not have. */
  readonly advice: readonly string[];
}

/**
 * The arguments with this Service's choice in the place of the file's name, so that policies, in a process of their own, see it too.
 * Throws a `Refusal` for a file that cannot be read, or that says what it cannot mean.
 *
 * @param side whose choice it is, in the words of the file
 */
export function withDecisionFile<T extends ServiceArgs & ChoiceArgs>(
  label: string,
  name: string,
  args: T,
  side: "choices" | "internal",
): WithDecision<T> {
  const file = isPlainObject(args) ? args.decisionFile : undefined;
  if (typeof file !== "string" || args.pinned !== undefined || isGiven(args, side))
    return { args, advice: [] };
  const read = pinsIn(file);
  if ("problems" in read) refuseArguments(label, read.problems);
  const pins = "pins" in read ? read.pins : undefined;
  const entries = pins?.[side] ?? {};
  const keys = keysFor(args, name, Object.keys(entries));
  if (keys.length > 1)
    refuseArguments(label, [
      {
        path: "namespace",
        says: `not known while the constructor runs, and decisionFile ${file} has ${keys.join(" and ")}; wanted a plain text`,
      },
    ]);
  const [key = ""] = keys;
  const pinned = pinnedBy(entries, key);
  const called = isLater(args.namespace) ? `${nameOf(args, name)} in any namespace` : key;
  const advice = pinned ? [] : [missing(label, file, called, nearest(key, Object.keys(entries)))];
  return { args: { ...args, decisionFile: undefined, pinned }, advice };
}

/** A policy that is given leaves nothing to choose: then the file is wrong by its own name, and is not read. */
function isGiven(args: object, side: "choices" | "internal"): boolean {
  const name = side === "choices" ? "trafficPolicy" : "internalTrafficPolicy";
  const policy: unknown = new Map<string, unknown>(Object.entries(args)).get(name);
  return typeof policy === "string" && policy !== "Auto";
}

function nameOf({ serviceName }: Pick<ServiceArgs, "serviceName">, component: string): string {
  return typeof serviceName === "string" ? serviceName : component;
}

/** What the Service goes by in the file; while its namespace is not known, whatever is there under its name. */
function keysFor(
  { namespace, serviceName }: ServiceArgs,
  component: string,
  there: readonly string[],
): readonly string[] {
  const name = nameOf({ serviceName }, component);
  const key = pinKey({ namespace: typeof namespace === "string" ? namespace : undefined, name });
  if (!isLater(namespace)) return [key];
  const called = there.filter((one) => one.endsWith(`/${name}`));
  return called.length > 0 ? called : [key];
}

function pinnedBy(
  entries: NonNullable<Pins["internal"]> | Pins["choices"],
  key: string,
): PinnedArgs | undefined {
  const choice = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (!choice) return undefined;
  const { trafficDistribution } = choice;
  return {
    policy: "internalTrafficPolicy" in choice ? choice.internalTrafficPolicy : choice.externalTrafficPolicy,
    ...(trafficDistribution ? { trafficDistribution } : {}),
  };
}

function missing(label: string, file: string, called: string, hint: string): string {
  return `${label} decisionFile: ${file} has no choice for ${called}${hint}; this run chose by itself. \`evenkeel decide PATHS --pin ${file}\` writes one, from manifests, \`pulumi preview --json\` or \`pulumi stack export\``;
}

function pinsIn(file: string): { readonly pins: Pins } | { readonly problems: readonly Problem[] } {
  const path = `decisionFile ${file}`;
  try {
    const { pins, problems } = readPins(JSON.parse(readFileSync(resolve(file), "utf8")));
    if (problems.length === 0) return { pins };
    return { problems: problems.map((says) => ({ path, says })) };
  } catch (error) {
    const says = error instanceof SyntaxError ? `no JSON: ${error.message}` : whyUnreadable(error);
    return { problems: [{ path, says: `${says}; wanted what \`evenkeel decide --pin ${file}\` writes` }] };
  }
}
