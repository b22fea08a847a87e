import type { Candidate, Decision } from "@evenkeel/core/decide";
import { isUnknown, TRAFFIC_DISTRIBUTIONS, TRAFFIC_POLICIES, type Exposure } from "@evenkeel/core/model";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Failure } from "../failure";
import { writeOutput } from "../output";

/** Choices that stay from run to run, by `namespace/name` of the Service. The file is written by `decide --pin` and read by components. */
export interface Pins {
  readonly version: 1;
  readonly choices: Readonly<Record<string, Candidate>>;
}

const NONE: Pins = { version: 1, choices: {} };

export function pinKey({
  namespace,
  name,
}: {
  readonly namespace?: string | null;
  readonly name: string;
}): string {
  return `${namespace ?? "default"}/${name}`;
}

export async function readPins(file: string): Promise<Pins> {
  if (!existsSync(file)) return NONE;
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (isPins(value)) return value;
  } catch {
    // Said below: whatever the text is, it holds no choices.
  }
  throw new Failure(`${file}: holds no choices; wanted a file written by evenkeel decide --pin`);
}

/** Adds the decisions of this run; choices of Services that were not looked at stay. */
export async function writePins(file: string, pins: Pins, decisions: readonly Decision[]): Promise<void> {
  const chosen = decisions
    .filter(({ side }) => side === "external")
    .map(({ service, chosen }) => [pinKey(service), chosen] as const);
  const choices = Object.entries({ ...pins.choices, ...Object.fromEntries(chosen) }).sort(([a], [b]) =>
    a.localeCompare(b),
  );
  await writeOutput(
    file,
    `${JSON.stringify({ version: 1, choices: Object.fromEntries(choices) }, null, 2)}\n`,
  );
}

export function pinOf({ choices }: Pins, { service: { ref } }: Exposure): Candidate | undefined {
  return choices[pinKey(ref)];
}

function isPins(value: unknown): value is Pins {
  if (typeof value !== "object" || value === null || !("choices" in value) || isUnknown(value)) return false;
  const { choices } = value;
  return typeof choices === "object" && choices !== null && Object.values(choices).every(isCandidate);
}

function isCandidate(value: unknown): value is Candidate {
  if (typeof value !== "object" || value === null || !("externalTrafficPolicy" in value)) return false;
  const distribution = "trafficDistribution" in value ? value.trafficDistribution : null;
  return (
    TRAFFIC_POLICIES.some((policy) => policy === value.externalTrafficPolicy) &&
    (distribution === null || TRAFFIC_DISTRIBUTIONS.some((one) => one === distribution))
  );
}
