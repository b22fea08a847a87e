import { existsSync, readFileSync } from "node:fs";

/** The part of the engine's event log that the suite reads (sdk/go/common/apitype/events.go). */
export interface EngineEvent {
  readonly policyEvent?: PolicyEvent;
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
}

export interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly policyPackVersion: string;
  readonly enforcementLevel: string;
  readonly severity?: string;
}

export interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[];
  readonly keys?: readonly string[];
  readonly old: StepState | null;
  readonly new: StepState | null;
}

interface StepState {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Reads a file that `--event-log` wrote, one JSON event a line; a command that failed early leaves none. */
export function readEvents(file: string): readonly EngineEvent[] {
  return existsSync(file) ? parseEvents(readFileSync(file, "utf8")) : [];
}

export function parseEvents(lines: string): readonly EngineEvent[] {
  return (
    lines
      .split("\n")
      .filter((line) => line.startsWith("{"))
      // The engine wrote the line; fields it leaves out are optional above.
      .map((line) => JSON.parse(line) as EngineEvent)
  );
}

export function policyEvents(events: readonly EngineEvent[]): readonly PolicyEvent[] {
  return events.flatMap((event) => event.policyEvent ?? []);
}

export function errors(events: readonly EngineEvent[]): readonly string[] {
  return events.flatMap(({ diagnosticEvent: d }) => (d?.severity === "error" ? [d.message.trim()] : []));
}

/** What the engine does to each resource, in its order; a component counts as well. */
export function steps(events: readonly EngineEvent[]): readonly StepMetadata[] {
  return events.flatMap((event) => event.resourcePreEvent?.metadata ?? []);
}
