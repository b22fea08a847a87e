import type { Statement } from "../../model";

/**
 * Where a health check passes, in steady state.
 * `everywhere`: on every target, whatever the pods do. `whileServed`: on every node while any endpoint of the port is there.
 * `readyHere`: on nodes with a ready endpoint of the Service. `servedHere`: on nodes with an endpoint of the port, ready or serving while
 * it terminates. `nowhere`: on no target, ever.
 */
export type Passes = "everywhere" | "whileServed" | "readyHere" | "servedHere" | "nowhere";

/** What can be said of a health check before any placement is looked at. */
export interface CheckAnswer {
  /** What it may be; one entry where it is known. */
  readonly possible: readonly [Passes, ...Passes[]];
  /** Why it passes nowhere, what had to be assumed to say so, or what is not known. */
  readonly because?: Statement;
}

export function passes(where: Passes, because?: Statement): CheckAnswer {
  return because ? { possible: [where], because } : { possible: [where] };
}

/** No target passes, ever. */
export function never(because: Statement): CheckAnswer {
  return { possible: ["nowhere"], because };
}

/** Not known: it passes as an answer says, or on no target. */
export function perhaps({ possible }: CheckAnswer, because: Statement): CheckAnswer {
  return possible.includes("nowhere")
    ? { possible, because }
    : { possible: [...possible, "nowhere"], because };
}

/** Whether some target can pass; undefined where that is not known. */
export function canPass({ possible }: CheckAnswer): boolean | undefined {
  if (possible.every((one) => one === "nowhere")) return false;
  return possible.includes("nowhere") ? undefined : true;
}
