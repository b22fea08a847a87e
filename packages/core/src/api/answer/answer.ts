import type { ApiServer } from "../allocation/api-server";
import { isUndecided, type Check, type Undecided } from "./check";
import type { DecodeReport } from "../decode/decode";
import { printed, type ApiError, type FieldError } from "./field-error";
import { quote } from "./go-text";
import { generatedName } from "../metadata/names";
import { isCompared, type ApiTraits, type Release } from "../../releases";
import type { ObjectMeta, ServiceObject } from "../service/service-object";

export interface RequestOptions extends ApiServer {
  /** `1.36`, `1.36.3`. Absent: the newest supported version. */
  readonly kubernetesVersion?: string;
  /**
   * What becomes of keys that the API does not know: an error (kubectl asks for `Strict`), a warning (the server's own default),
   * or nothing.
   */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
}

/** What the API server makes of a Service. */
export interface ServiceAnswer {
  /** Minor version that answers: `1.36`. */
  readonly version: string;
  /** Whether this version's own code was compared with this model; otherwise the answer rests on its sources. */
  readonly proved: boolean;
  /** The Service as it would be read back; what would be stored if nothing were wrong, where something is. */
  readonly stored: ServiceObject;
  /** Every error of the refusal, each once. None: accepted, unless something is undecided. */
  readonly errors: readonly ApiError[];
  readonly refusal?: Refusal;
  /** Sent with the answer; a Service that is refused gets no more than those of its reading. */
  readonly warnings: readonly string[];
  /** Checks that wait for a value, one for each unknown. */
  readonly undecided: readonly Undecided[];
}

/** The `Status` object of the answer; `message` is what clients print. */
export interface Refusal {
  readonly code: 400 | 422 | 500;
  readonly reason: "BadRequest" | "Invalid" | "InternalError";
  readonly message: string;
}

export function answer(
  stored: ServiceObject,
  checks: readonly Check[],
  warnings: readonly string[],
  release: Release,
): ServiceAnswer {
  const { errors, undecided } = judged(checks, release.api);
  const refusal = refusalOf(errors, stored, "Service");
  return {
    version: release.version,
    proved: isCompared(release),
    stored,
    errors,
    ...(refusal && { refusal }),
    warnings: [...new Set(warnings)],
    undecided,
  };
}

/** Each error and each unknown once. */
export function judged(
  checks: readonly Check[],
  release: ApiTraits,
): Pick<ServiceAnswer, "errors" | "undecided"> {
  const errors = checks.flatMap((check) => (isUndecided(check) ? [] : [printed(check, release)]));
  return { errors: withoutRepeated(errors), undecided: onePerUnknown(checks) };
}

function withoutRepeated(errors: readonly ApiError[]): readonly ApiError[] {
  return errors.filter((error, i) => errors.findIndex(({ text }) => text === error.text) === i);
}

function onePerUnknown(checks: readonly Check[]): readonly Undecided[] {
  const waiting = checks.filter(isUndecided);
  return waiting.filter(
    ({ unknown }, i) => waiting.findIndex((other) => other.unknown.path === unknown.path) === i,
  );
}

/** `what` is the kind with its group: `Service`, `Deployment.apps`. */
export function refusalOf(
  errors: readonly ApiError[],
  { metadata = {} }: { readonly metadata?: ObjectMeta },
  what: string,
): Refusal | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  switch (first.kind) {
    case "TypeInvalid":
      return { code: 400, reason: "BadRequest", message: first.text };
    case "UnknownField":
      return {
        code: 400,
        reason: "BadRequest",
        message: cannotBeHandled(
          "Service",
          `strict decoding error: ${errors.map(({ message }) => message).join(", ")}`,
        ),
      };
    default: {
      if (first.path === "") return { code: 500, reason: "InternalError", message: first.text };
      const texts = errors.map(({ text }) => text);
      const all = texts.length === 1 ? first.text : `[${texts.join(", ")}]`;
      const { name: given, generateName } = metadata;
      const generated = typeof generateName === "string" ? generatedName(generateName) : "";
      const name = typeof given === "string" ? given : generated;
      return { code: 422, reason: "Invalid", message: `${what} ${quote(name)} is invalid: ${all}` };
    }
  }
}

/**
 * Errors of reading the JSON, which end the request. The server prints the one that stands first here; the others it would print
 * once that is mended.
 */
export function readingErrors(
  { typeErrors, unknownFields }: DecodeReport,
  strict: boolean,
  kind = "Service",
): readonly FieldError[] {
  if (typeErrors.length > 0) {
    const fatalFirst = [
      ...typeErrors.filter(({ fatal }) => fatal),
      ...typeErrors.filter(({ fatal }) => !fatal),
    ];
    return fatalFirst.map(({ path, value, message }) => ({
      path,
      kind: "TypeInvalid",
      value: { go: "struct", value, syntax: "" },
      message,
      line: cannotBeHandled(kind, message),
    }));
  }
  if (!strict) return [];
  return unknownFields.map((path) => ({
    path,
    kind: "UnknownField",
    message: unknownField(path),
    line: cannotBeHandled(kind, `strict decoding error: ${unknownField(path)}`),
    fact: "K8S:JSON",
  }));
}

/** Said where the server was asked to warn, and could read the rest. */
export function readingWarnings({ typeErrors, unknownFields }: DecodeReport): readonly string[] {
  return typeErrors.length > 0 ? [] : unknownFields.map(unknownField);
}

function unknownField(path: string): string {
  return `unknown field ${quote(path)}`;
}

/** apiserver endpoints/handlers/rest.go transformDecodeError */
function cannotBeHandled(kind: string, message: string): string {
  return `${kind} in version "v1" cannot be handled as a ${kind}: ${message}`;
}
