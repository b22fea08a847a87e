import type { Diagnostic, MissingAnswer, PreviewResult } from "./result";

/**
 * A preview that could not be completed. `message` is one line, ready to print; `detail` holds what a `--verbose` flag may add
 * (stack trace, output of the process); `result` what was seen until then. Neither holds the value of a secret of the
 * stack's configuration.
 */
export abstract class PreviewError extends Error {
  abstract readonly kind: PreviewErrorKind;
  /** Set by `preview()` before it rejects. */
  result?: PreviewResult;

  constructor(
    message: string,
    public detail?: string,
  ) {
    super(oneLine(message));
    this.name = new.target.name;
  }
}

export type PreviewErrorKind = "project" | "program" | "policyPack" | "unanswered" | "resource" | "timeout";

/** The project or its configuration cannot be used: no Pulumi.yaml, another runtime, no such `main`, no SDK installed. */
export class ProjectError extends PreviewError {
  readonly kind = "project";

  constructor(
    message: string,
    detail?: string,
    /** Keys of the configuration that only the stack's key opens. */
    readonly encrypted: readonly string[] = [],
  ) {
    super(message, detail);
  }
}

/** The program threw, exited with a code other than 0 or could not be loaded. */
export class ProgramFailed extends PreviewError {
  readonly kind = "program";

  constructor(
    message: string,
    /** The errors that the program reported itself, with the resource they belong to. */
    readonly diagnostics: readonly Diagnostic[],
    detail?: string,
  ) {
    super(message, detail);
  }
}

/** A policy pack could not be started, broke its protocol, refused its configuration, or one of its policies threw. */
export class PolicyPackFailed extends PreviewError {
  readonly kind = "policyPack";

  constructor(
    message: string,
    /** Directory of the pack. */
    readonly pack: string,
    detail?: string,
  ) {
    super(message, detail);
  }
}

/** The program asks for what only a cloud can answer, and the tables given to `preview()` do not. */
export class Unanswered extends PreviewError {
  readonly kind = "unanswered";

  constructor(
    /** All that was asked for in this run; answers may lead to more questions. */
    readonly missing: readonly MissingAnswer[],
    detail?: string,
  ) {
    super(missingText(missing), detail);
  }
}

function missingText(missing: readonly MissingAnswer[]): string {
  const [first, ...others] = missing;
  if (first && others.length === 0) return questionText(first);
  return `the program asks for ${missing.length} things that only a cloud can answer: ${missing.map(shortText).join(", ")}`;
}

function questionText({ what, subject, id }: MissingAnswer): string {
  switch (what) {
    case "invoke":
    case "call":
      return `the program calls the ${what === "call" ? "method" : "function"} ${subject}, which only its provider can answer; give the result in invokes: { "${subject}": … }`;
    case "read":
      return `the program reads ${subject} with id ${id}, which only a cloud can answer; give its outputs in reads: { "${subject}": { "${id}": … } }`;
    case "stackReference":
      return `the program reads the outputs of stack ${subject}; give them in stackReferences: { "${subject}": … }`;
  }
}

function shortText({ what, subject, id }: MissingAnswer): string {
  if (what === "stackReference") return `the outputs of stack ${subject}`;
  return what === "read" ? `${subject} with id ${id}` : subject;
}

/** The engine or a provider refuses a resource: a duplicate URN, an invalid input. */
export class ResourceRefused extends PreviewError {
  readonly kind = "resource";

  constructor(
    message: string,
    readonly urn: string,
  ) {
    super(message);
  }
}

/** A process did not answer in time, or the caller gave up. */
export class TimedOut extends PreviewError {
  readonly kind = "timeout";
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}
