import { isUnknown, type Exposure, type Statement } from "../model";
import { DEFAULT_SEED, DEFAULT_TRIALS, type Estimate, type EstimateOptions } from "./estimate";
import { predict } from "./predict";
import { answerText, sayEstimate, type CaseAnswer } from "./texts";
import { unspecifiedOf, type Unspecified } from "./variations";

/** Something that the input does not specify, and whether the answer would be another if it did. */
export interface OpenQuestion {
  readonly what: Unspecified["what"];
  /** What is assumed meanwhile. */
  readonly assumed: Statement;
  /** The answer for each of the values that it might have. */
  readonly answers: readonly CaseAnswer[];
  readonly changes: boolean;
  readonly statement: Statement;
}

/** Placements tried for each value. */
export const OPEN_TRIALS = 40;

/** The question with its answers; cases for which there is none (undefined) are left out. */
export function openQuestion(
  { what, assumed, cases }: Unspecified,
  about: "the choice" | "the hottest pod",
  answerOf: (exposure: Exposure) => CaseAnswer["answer"] | undefined,
): OpenQuestion {
  const answers = cases.flatMap(({ value, exposure }) => {
    const answer = answerOf(exposure);
    return answer === undefined ? [] : [{ value, answer }];
  });
  const changes = new Set(answers.map(({ answer }) => answerText(answer))).size > 1;
  const data = { what, about, answers };
  const statement = changes
    ? sayEstimate("open-question-matters", { ...data, assumed })
    : sayEstimate("open-question-does-not-matter", data);
  return { what, assumed, answers, changes, statement };
}

/**
 * Estimates with what of the input is not specified and would make `hottest` another, in the second place after the point; without a
 * number it is what is dropped. For callers that ask for it: each value is a prediction of its own. Where the load balancer is
 * not known there is nothing to compare.
 */
export function withOpenQuestions(
  estimates: readonly Estimate[],
  exposure: Exposure,
  { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: EstimateOptions = {},
): readonly Estimate[] {
  const asked = { trials: Math.min(OPEN_TRIALS, trials), seed };
  const unspecified = unspecifiedOf(exposure).map((one) => ({
    ...one,
    cases: one.cases.map((given) => ({ ...given, predicted: predict(given.exposure, asked) })),
  }));
  if (unspecified.length === 0) return estimates;
  const open = new Map<string, readonly OpenQuestion[]>();
  return estimates.map((estimate) => {
    if (isUnknown(estimate.hottest)) return estimate;
    const key = sideKey(estimate);
    const known =
      open.get(key) ??
      unspecified.map((one) =>
        openQuestion(one, "the hottest pod", (given) =>
          hottestOf(one.cases.find(({ exposure: of }) => of === given)?.predicted ?? [], key),
        ),
      );
    open.set(key, known);
    return { ...estimate, openQuestions: known };
  });
}

function sideKey({ side, ports, balancer }: Estimate): string {
  return JSON.stringify([side, ports, balancer]);
}

/** The worst of the shapes; null where nothing arrives. */
function hottestOf(estimates: readonly Estimate[], key: string): number | null | undefined {
  const own = estimates.filter((one) => sideKey(one) === key);
  if (own.length === 0) return undefined;
  const heats = own.flatMap(({ hottest }) =>
    hottest === undefined || isUnknown(hottest) ? [] : hottest.p95,
  );
  return heats.length > 0 ? Math.max(...heats) : null;
}
