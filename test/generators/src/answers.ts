import * as core from "@evenkeel/core/decide";
import * as estimates from "@evenkeel/core/estimate";
import { isAnswered, type Statement, type Unanswered } from "@evenkeel/core/model";
import * as transition from "@evenkeel/core/transition";

// The questions of core for tests in which everything is known: an answer that is not known fails the test.

export const decide = (...asked: Parameters<typeof core.decide>) => answered(core.decide(...asked));

export const estimateDuring = (...asked: Parameters<typeof estimates.estimateDuring>) =>
  answered(estimates.estimateDuring(...asked));

export const transitions = (...asked: Parameters<typeof transition.transitions>) =>
  answered(transition.transitions(...asked));

export const estimate = (...asked: Parameters<typeof estimates.estimate>) =>
  knownEstimates(estimates.estimate(...asked));

export const observe = (...asked: Parameters<typeof estimates.observe>) =>
  knownEstimates(estimates.observe(...asked));

export function answered<T extends object>(answers: readonly (T | Unanswered)[]): readonly T[] {
  return answers.map((one) => {
    if (isAnswered(one)) return one;
    throw new Error(`not answered: ${one.unknown.map(({ sentence }) => sentence).join("; ")}`);
  });
}

export function knownEstimates(all: readonly estimates.Estimate[]): readonly estimates.KnownEstimate[] {
  return all.map((one) => {
    if (estimates.isKnownEstimate(one)) return one;
    throw new Error(`not known: ${one.unknown.map(({ sentence }) => sentence).join("; ")}`);
  });
}

/** The same with every statement as its sentence, for tests that read as people do. */
export type InWords<T> = T extends Statement
  ? string
  : T extends readonly (infer U)[]
    ? readonly InWords<U>[]
    : T extends object
      ? { readonly [K in keyof T]: InWords<T[K]> }
      : T;

export function inWords<T>(value: T): InWords<T> {
  // A replacer keeps the shape of everything but statements, which it turns into their sentence.
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (isStatement(one) ? one.sentence : one)),
  ) as InWords<T>;
}

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "code" in value && "sentence" in value;
}
