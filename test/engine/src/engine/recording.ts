import { existsSync, readFileSync } from "node:fs";

/** One call that a policy pack received: a resource's inputs (`analyze`), or its outputs and place (`analyzeStack`). */
export interface Recorded {
  readonly call: "analyze" | "analyzeStack";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** What the pack `recorder` wrote. */
export function readRecording(file: string): readonly Recorded[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  // The recorder of this suite wrote them.
  return lines.map((line) => JSON.parse(line) as Recorded);
}

export function recordOf(recording: readonly Recorded[], call: Recorded["call"], type: string): Recorded {
  const found = recording.filter((one) => one.call === call && one.type === type);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} calls of ${call} for ${type}; wanted 1`);
  return found[0];
}
