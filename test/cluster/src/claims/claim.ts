import type { Reader } from "./evidence";

/** Where an outcome comes from, for readers of `docs/claims.md`. */
export type Basis =
  /** Seen here, in both proxy modes; `and` is what the rest of the outcome rests on. */
  | { readonly kind: "packets"; readonly and?: string }
  /** Our model, and what proves it. */
  | { readonly kind: "model"; readonly provedBy: string }
  /** Published by those who make the thing. */
  | { readonly kind: "source"; readonly link: string };

/** A sentence that is told about traffic policies, and what becomes of it when it is tried. */
export interface Claim {
  readonly id: `C${number}`;
  /** Where the sentence stands. */
  readonly where: string;
  readonly says: string;
  readonly basis: Basis;
  /** `holds`, `does not hold: …`, `holds when …`. Throws if the evidence fits none of the outcomes. */
  judge(reader: Reader): string;
}

/** The first outcome whose condition the evidence meets. */
export function decide(...outcomes: readonly (readonly [condition: boolean, outcome: string])[]): string {
  const found = outcomes.find(([condition]) => condition);
  if (!found) throw new Error("the evidence fits none of the outcomes foreseen");
  return found[1];
}

export const REFERENCE = "reference page";
export const ARTICLE = "article";
export const PACKETS: Basis = { kind: "packets" };
