import { isUnknown, type Exposure } from "../model";
import type { Estimate, EstimateOptions } from "./estimate";
import { DEFAULT_SEED, DEFAULT_TRIALS } from "./estimate";
import { predict } from "./predict";
import { list, unsaidOf, type Unsaid } from "./variations";

/** Something that the input does not specify, and whether the answer would be another if it did. */
export interface OpenQuestion {
  readonly what: Unsaid["what"];
  /** What is assumed meanwhile. */
  readonly assumed: string;
  /** The answer for each of the values that it might have. */
  readonly answers: readonly { readonly at: string; readonly answer: string }[];
  readonly changes: boolean;
  readonly sentence: string;
}

/** Placements tried for each value. */
export const OPEN_TRIALS = 40;

/** The question with its answers; cases that have none are left out. */
export function openQuestion(
  { what, called, assumed, cases }: Unsaid,
  subject: string,
  answerOf: (exposure: Exposure) => string | undefined,
): OpenQuestion {
  const answers = cases.flatMap(({ at, exposure }) => {
    const answer = answerOf(exposure);
    return answer === undefined ? [] : [{ at, answer }];
  });
  const alike = new Map<string, string[]>();
  for (const { at, answer } of answers) alike.set(answer, [...(alike.get(answer) ?? []), at]);
  const changes = alike.size > 1;
  const each = [...alike].map(([answer, at]) => `${answer} with ${list(at)}`).join("; ");
  const sentence = changes
    ? `${called} would change ${subject}: ${each} (assumed: ${assumed})`
    : `${called} would not change ${subject} (${list(answers.map(({ at }) => at))})`;
  return { what, assumed, answers, changes, sentence };
}

/**
 * Estimates with what of the input is not specified and would make `hottest` another, in the second place after the point; without a
 * number it is what is dropped. For callers that show it to people: each value is a prediction of its own. Where the load balancer is
 * not known there is nothing to compare.
 */
export function withOpenQuestions(
  estimates: readonly Estimate[],
  exposure: Exposure,
  { trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: EstimateOptions = {},
): readonly Estimate[] {
  const asked = { trials: Math.min(OPEN_TRIALS, trials), seed };
  const unsaid = unsaidOf(exposure).map((one) => ({
    ...one,
    cases: one.cases.map((given) => ({ ...given, predicted: predict(given.exposure, asked) })),
  }));
  if (unsaid.length === 0) return estimates;
  const open = new Map<string, readonly OpenQuestion[]>();
  return estimates.map((estimate) => {
    if (isUnknown(estimate.hottest)) return estimate;
    const key = sideKey(estimate);
    const known =
      open.get(key) ??
      unsaid.map((one) =>
        openQuestion(one, "the hottest pod", (given) =>
          hottestOf(one.cases.find(({ exposure: of }) => of === given)?.predicted ?? [], key),
        ),
      );
    open.set(key, known);
    return { ...estimate, open: known };
  });
}

function sideKey({ side, ports, balancer }: Estimate): string {
  return JSON.stringify([side, ports, balancer]);
}

/** `1.50`, the worst of the shapes. */
function hottestOf(estimates: readonly Estimate[], key: string): string | undefined {
  const own = estimates.filter((one) => sideKey(one) === key);
  if (own.length === 0) return undefined;
  const heats = own.flatMap(({ hottest }) =>
    hottest === undefined || isUnknown(hottest) ? [] : hottest.p95,
  );
  return heats.length > 0 ? Math.max(...heats).toFixed(2) : "nothing arrives";
}
