import type { ApiError, Refusal } from "@evenkeel/core/api";
import { isDeepStrictEqual } from "node:util";

/** The Status of a refusal as the oracle tells it. */
export interface ToldRefusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly causes?: readonly { readonly kind: string; readonly path: string; readonly text: string }[];
}

interface Answer {
  readonly errors: readonly ApiError[];
  readonly refusal?: Refusal;
}

const KINDS: Readonly<Record<string, string>> = {
  Invalid: "FieldValueInvalid",
  Required: "FieldValueRequired",
  Forbidden: "FieldValueForbidden",
  NotSupported: "FieldValueNotSupported",
  Duplicate: "FieldValueDuplicate",
  TooLong: "FieldValueTooLong",
};

/** How a refusal of a workload differs from the server's, or nothing. */
export function refusalDiffers(
  { errors, refusal }: Answer,
  theirs: ToldRefusal | undefined,
): string | undefined {
  if (!refusal || !theirs)
    return refusal?.message === theirs?.message
      ? undefined
      : `refusal: ours ${refusal?.message ?? "none"}, theirs ${theirs?.message ?? "none"}`;
  const mine =
    refusal.reason === "Invalid"
      ? errors.map(({ kind, path, text }) => ({ kind: KINDS[kind] ?? kind, path, text }))
      : [];
  const told = (theirs.causes ?? []).map(({ kind, path, text }) => ({
    kind,
    path,
    text: withoutAddresses(text),
  }));
  const once = told.filter(({ text }, i) => told.findIndex((other) => other.text === text) === i);
  const form = ({ code, reason, message }: ToldRefusal | Refusal, causes: typeof mine) => {
    const loose = causes.some(({ path }) => isOfMap(path));
    return {
      code,
      reason,
      // Go meets the pairs of a map in any order: their errors are compared without it.
      causes: loose ? causes.toSorted((a, b) => (a.text < b.text ? -1 : 1)) : causes,
      ...(loose ? {} : { message }),
    };
  };
  const [a, b] = [form(refusal, mine), form({ ...theirs, message: withoutAddresses(theirs.message) }, once)];
  return isDeepStrictEqual(a, b) ? undefined : `ours ${JSON.stringify(a)}, theirs ${JSON.stringify(b)}`;
}

/** What lies behind a pointer is printed by older releases as where it lies. */
function withoutAddresses(text: string): string {
  return text.replace(/\(0x[0-9a-f]+\)/g, "(0x…)");
}

/** Labels, annotations, node selectors and amounts of resources. */
function isOfMap(path: string): boolean {
  return /(labels|annotations|matchLabels|nodeSelector)$|\.(limits|requests)(\[|$)|resources|overhead/i.test(
    path,
  );
}
