import { marshal, quote } from "./go-text";
import type { ApiTraits } from "../../releases";

/** `field.ErrorType` of apimachinery, in short, and what is refused before or beside field validation. */
export type ErrorKind =
  | "Invalid"
  | "Required"
  | "Forbidden"
  | "NotSupported"
  | "Duplicate"
  | "TooLong"
  /** A JSON value of another type than the field's. */
  | "TypeInvalid"
  /** A key that the API does not know, where the client asks for strict decoding (kubectl does). */
  | "UnknownField"
  /** No field's error: answered with status 500. */
  | "InternalError";

/** One thing that the API server refuses, in its own words. */
export interface ApiError {
  /** As the server writes it: `spec.ports[0].nodePort`, `spec.LoadBalancerSourceRanges[1]`. Empty for an `InternalError`. */
  readonly path: string;
  readonly kind: ErrorKind;
  /** What was seen, where the server repeats it. */
  readonly value?: unknown;
  /** What is wrong with it. */
  readonly message: string;
  /** The whole line: `spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. …` */
  readonly text: string;
  /** `K8S:spec.ports[i].nodePort` */
  readonly fact: string;
  /** Whether `--dry-run=server` tells it too. */
  readonly onDryRun: boolean;
}

/** A field error before it is printed: how its value looks depends on the release. */
export interface FieldError {
  readonly path: string;
  readonly kind: ErrorKind;
  readonly value?: GoValue;
  readonly message: string;
  readonly fact?: string;
  /** The whole line, where it is no field's. */
  readonly line?: string;
  /** Absent: a dry run tells it too. */
  readonly onDryRun?: boolean;
}

/** A value with as much of its Go type as shows when it is printed. */
export type GoValue =
  | { readonly go: "string"; readonly value: string }
  /** int, int32, bool; or the words that stand for a number that is not known. */
  | { readonly go: "plain"; readonly value: number | boolean | string }
  /** A string type of the API's own, e.g. `core.ServiceType`. */
  | { readonly go: "named"; readonly value: string }
  | { readonly go: "nil" }
  /** `undefined` is a nil slice. */
  | { readonly go: "list"; readonly of: "string" | "core.IPFamily"; readonly value?: readonly string[] }
  /** Anything that older releases print with its Go fields. */
  | { readonly go: "struct"; readonly value: unknown; readonly syntax: string };

export const goString = (value: string): GoValue => ({ go: "string", value });
export const goNamed = (value: string): GoValue => ({ go: "named", value });
export const goPlain = (value: number | boolean | string): GoValue => ({ go: "plain", value });
export const goNil: GoValue = { go: "nil" };

export const invalid = (path: string, value: GoValue, message: string): FieldError => ({
  path,
  kind: "Invalid",
  value,
  message,
});
export const required = (path: string, message = ""): FieldError => ({ path, kind: "Required", message });
export const forbidden = (path: string, message: string): FieldError => ({
  path,
  kind: "Forbidden",
  message,
});
export const duplicate = (path: string, value: GoValue): FieldError => ({
  path,
  kind: "Duplicate",
  value,
  message: "",
});

export const notSupported = (path: string, value: GoValue, supported: readonly string[]): FieldError => ({
  path,
  kind: "NotSupported",
  value,
  message: `supported values: ${supported.map(quote).join(", ")}`,
});

const WORDS: Readonly<Record<ErrorKind, string>> = {
  Invalid: "Invalid value",
  Required: "Required value",
  Forbidden: "Forbidden",
  NotSupported: "Unsupported value",
  Duplicate: "Duplicate value",
  TooLong: "Too long",
  TypeInvalid: "Invalid value",
  UnknownField: "unknown field",
  InternalError: "Internal error",
};

/** `field.Error.Error()` */
export function printed(error: FieldError, release: ApiTraits): ApiError {
  const { path, kind, value, message, fact = factOf(path), onDryRun = true } = error;
  return {
    path,
    kind,
    ...(value && { value: "value" in value ? value.value : null }),
    message,
    text: error.line ?? lineOf(error, release),
    fact,
    onDryRun,
  };
}

function lineOf({ path, kind, value, message }: FieldError, release: ApiTraits): string {
  const seen = value && `: ${print(value, release.printsValues)}`;
  const detail = message && `: ${message}`;
  return `${path}: ${WORDS[kind]}${seen ?? ""}${detail}`;
}

/** Indices do not matter to a fact, nor which resource an amount is of. */
function factOf(path: string): string {
  return `K8S:${path.replace(/\[\d+\]/g, "[i]").replace(/\b(limits|requests)\[[^\]]*\]/, "$1[name]")}`;
}

function print(value: GoValue, syntax: ApiTraits["printsValues"]): string {
  if (value.go === "string") return quote(value.value);
  if (value.go === "plain") return String(value.value);
  // Before errors were printed as JSON, nil became the string null, quoted like any other.
  if (value.go === "nil") return syntax === "JSON" ? "null" : quote("null");
  if (syntax === "JSON") return marshal(value.value ?? null);
  if (value.go === "named") return quote(value.value);
  if (value.go === "struct") return value.syntax;
  return value.value ? `[]${value.of}{${value.value.map(quote).join(", ")}}` : `[]${value.of}(nil)`;
}
