import { metallb } from "@evenkeel/core/balancers";
import { recordedSet, type RecordedCase } from "../recorded";

/** An entry of a pool, and the prefixes that it comes to, or the error. */
interface Case extends RecordedCase {
  readonly in: string;
  readonly cidrs?: readonly string[];
  readonly error?: string;
}

export const metallbRanges = recordedSet<Case>({
  name: "metallb-ranges",
  recorded: ({ cidrs, error }) => (error === undefined ? { cidrs: cidrs ?? [] } : { error }),
  ours: ({ in: text }) => ({ ...metallb.readRange(text) }),
});
