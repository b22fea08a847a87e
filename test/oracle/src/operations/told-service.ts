import { isUnknown } from "@evenkeel/core";
import { isToBeAllocated, type ServiceAnswer } from "@evenkeel/core/api";
import { isDeepStrictEqual } from "node:util";

/** What the oracle says of a Service. */
export interface ToldService {
  readonly stored?: unknown;
  readonly refusal?: {
    readonly code: number;
    readonly reason: string;
    readonly message: string;
    readonly causes?: readonly ToldCause[];
  };
  readonly warnings: readonly string[];
}

interface ToldCause {
  readonly kind: string;
  readonly path: string;
  readonly text: string;
}

/** Both answers in one form: values that the server chose by itself are named by their field. */
interface Comparable {
  readonly stored?: unknown;
  readonly refusal?: { readonly code: number; readonly reason: string; readonly message?: string };
  readonly causes: readonly ToldCause[];
  readonly warnings: readonly string[];
}

const KINDS: Readonly<Record<string, string>> = {
  Invalid: "FieldValueInvalid",
  Required: "FieldValueRequired",
  Forbidden: "FieldValueForbidden",
  NotSupported: "FieldValueNotSupported",
  Duplicate: "FieldValueDuplicate",
  TooLong: "FieldValueTooLong",
  InternalError: "InternalError",
};

/** How two answers differ, or nothing. */
export function differs(ours: ServiceAnswer, theirs: ToldService): string | undefined {
  const [mine, other] = [ourForm(ours), theirForm(theirs)];
  const part = (["refusal", "causes", "warnings", "stored"] as const).find(
    (name) => !isDeepStrictEqual(mine[name], other[name]),
  );
  return part && `${part}: ours ${JSON.stringify(mine[part])}, theirs ${JSON.stringify(other[part])}`;
}

function ourForm({ stored, errors, refusal, warnings }: ServiceAnswer): Comparable {
  const invalid = refusal?.reason === "Invalid" ? errors : [];
  const causes = invalid.map(({ kind, path, text }) => ({ kind: KINDS[kind] ?? kind, path, text }));
  return {
    ...(refusal ? { refusal: comparableRefusal(refusal, causes) } : { stored: pruned(stored) }),
    causes: inOrder(causes),
    warnings,
  };
}

function theirForm({ stored, refusal, warnings }: ToldService): Comparable {
  const told = (refusal?.causes ?? []).map((cause) => ({ ...cause, text: withoutChosen(cause.text) }));
  const causes = told.filter(({ text }, i) => told.findIndex((other) => other.text === text) === i);
  return {
    ...(refusal
      ? { refusal: comparableRefusal({ ...refusal, message: withoutChosen(refusal.message) }, causes) }
      : { stored: pruned(named(stored)) }),
    causes: inOrder(causes),
    warnings: [...new Set(warnings)],
  };
}

function comparableRefusal(
  { code, reason, message }: { code: number; reason: string; message: string },
  causes: readonly ToldCause[],
) {
  // The message joins the errors, and those of a map come in any order.
  return { code, reason: code === 500 ? "" : reason, ...(causes.some(isOfMap) ? {} : { message }) };
}

const MAPS = ["metadata.labels", "metadata.annotations", "spec.selector"];

function isOfMap({ path }: ToldCause): boolean {
  return MAPS.includes(path);
}

/** The pairs of a map are met in any order: their errors are sorted where they stand together. */
function inOrder(causes: readonly ToldCause[]): readonly ToldCause[] {
  const runs: ToldCause[][] = [];
  for (const cause of causes) {
    const last = runs[runs.length - 1];
    if (last?.[0] && isOfMap(cause) && last[0].path === cause.path) last.push(cause);
    else runs.push([cause]);
  }
  return runs.flatMap((run) => run.sort((a, b) => (a.text < b.text ? -1 : 1)));
}

// What apiserver/registry.go gives out where nothing was asked for.
const CHOSEN_PORT = /\b32(?:6\d\d|700)\b/g;
const CHOSEN_IP = /10\.254\.0\.1|fd00:254::1/g;
const PLACEHOLDER = "(to be allocated)";

function withoutChosen(text: string): string {
  return text.replace(CHOSEN_PORT, PLACEHOLDER).replace(CHOSEN_IP, PLACEHOLDER);
}

/** Names each value that was chosen by the first field that has it, as `ToBeAllocated` does. */
function named(stored: unknown): unknown {
  const first = new Map<unknown, string>();
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown, i) => walk(item, `${path}[${i}]`));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, walk(item, path === "" ? key : `${path}.${key}`)]),
      );
    }
    const isPort = typeof value === "number" && /nodePort$|healthCheckNodePort$/.test(path);
    if (isPort && String(value).replace(CHOSEN_PORT, "") === "") {
      if (!first.has(value)) first.set(value, path);
      return `chosen: ${first.get(value) ?? path}`;
    }
    if (typeof value !== "string") return value;
    const isAddress = path.startsWith("spec.clusterIP") && value.replace(CHOSEN_IP, "") === "";
    const isName = path === "metadata.name" && value.endsWith("xxxxx");
    return isAddress || isName ? `chosen: ${path}` : value;
  };
  return walk(stored, "");
}

const SERVERS_OWN = ["uid", "creationTimestamp", "resourceVersion", "managedFields"];

/** Without what the server makes for itself, without what is empty, and with a name for what it chose. */
function pruned(value: unknown, key = ""): unknown {
  if (isUnknown(value)) return isToBeAllocated(value) ? `chosen: ${value.path}` : value;
  if (Array.isArray(value)) return value.map((item: unknown) => pruned(item));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .filter(
      ([name]) => !SERVERS_OWN.includes(name) && !(key === "" && (name === "apiVersion" || name === "kind")),
    )
    .filter(([name, item]) => !(key === "metadata" && name === "namespace" && item === "default"))
    .map(
      ([name, item]) =>
        [name, pruned(item, name === "spec" || name === "metadata" ? name : "inner")] as const,
    )
    .filter(([, item]) => item !== undefined && !isEmpty(item))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
