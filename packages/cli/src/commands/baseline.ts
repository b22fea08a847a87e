import type { Finding } from "@evenkeel/core/model";
import { readFile } from "node:fs/promises";
import { Failure } from "../failure";
import { writeOutput } from "../output";

/** Accepted findings of a legacy repository, by fingerprint; the rest is for people who review the file. */
interface Baseline {
  readonly version: 1;
  readonly accepted: readonly {
    readonly fingerprint: string;
    readonly rule: string;
    readonly resource: string;
    readonly path: string;
  }[];
}

export function baselineOf(findings: readonly Finding[]): Baseline {
  const accepted = findings.map(({ fingerprint, rule, resource, path }) => ({
    fingerprint,
    rule,
    resource: `${resource.kind}/${resource.namespace ?? ""}/${resource.name}`,
    path,
  }));
  return { version: 1, accepted: accepted.sort((a, b) => a.fingerprint.localeCompare(b.fingerprint)) };
}

export function withoutBaseline(findings: readonly Finding[], { accepted }: Baseline): readonly Finding[] {
  const known = new Set(accepted.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => !known.has(fingerprint));
}

export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`${file}: no such baseline; write one with --write-baseline ${file}`);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (isBaseline(value)) return value;
  } catch {
    // Said below: whatever the text is, it is no baseline.
  }
  throw new Failure(`${file}: is no baseline; wanted a file written with --write-baseline`);
}

export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await writeOutput(file, `${JSON.stringify(baseline, null, 2)}\n`);
}

function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== "object" || value === null || !("accepted" in value) || !("version" in value))
    return false;
  return (
    value.version === 1 &&
    Array.isArray(value.accepted) &&
    value.accepted.every((one: unknown) => typeof one === "object" && one !== null && "fingerprint" in one)
  );
}
