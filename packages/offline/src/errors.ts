import type { Diagnostic, PreviewResult } from "./result";

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

export type PreviewErrorKind =
  "project" | "program" | "policyPack" | "unanswered" | "unsupported" | "resource" | "timeout";

/** The project or its configuration cannot be used: no Pulumi.yaml, another runtime, no such `main`, no SDK installed. */
export class ProjectError extends PreviewError {
  readonly kind = "project";
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

/** The program asks for something that only a cloud can answer, and the tables given to `preview()` do not. */
export class Unanswered extends PreviewError {
  readonly kind = "unanswered";

  constructor(
    message: string,
    readonly what: "invoke" | "call" | "read" | "stackReference",
    /** Token of the function or type, or name of the stack. */
    readonly subject: string,
  ) {
    super(message);
  }
}

/** The program uses something that needs a provider's own process: a dynamic provider or a remote component. */
export class Unsupported extends PreviewError {
  readonly kind = "unsupported";

  constructor(
    message: string,
    readonly what: "dynamicProvider" | "remoteComponent",
    /** Type of the resource. */
    readonly type: string,
  ) {
    super(message);
  }
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
