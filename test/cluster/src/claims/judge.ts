import type { Claim } from "./claim";
import { type Evidence, Reader } from "./evidence";
import type { Judged } from "./page";

/** One outcome for all modes, or each mode's own where they differ. Throws where the evidence fits no outcome. */
export function judge(claim: Claim, evidence: readonly Evidence[]): Judged {
  if (evidence.length === 0) throw new Error("nothing was seen");
  const outcomes = evidence.map((one) => ({ mode: one.mode, outcome: claim.judge(new Reader(one)) }));
  const distinct = new Set(outcomes.map(({ outcome }) => outcome));
  const [only] = distinct;
  const outcome =
    distinct.size === 1 && only !== undefined
      ? only
      : outcomes.map(({ mode, outcome: own }) => `${mode}: ${own}`).join("; ");
  return { claim, outcome };
}
