import { OPEN_TRIALS, openQuestion, unspecifiedOf, type OpenQuestion } from "../estimate";
import { isAnswered, type Exposure } from "../model";
import { candidateName } from "./candidate";
import { decide, decideInternal, settingsOf, type DecideOptions } from "./decide";
import type { Decision } from "./decision";

/**
 * What the input does not specify, and whether the choice would be another if it did. For callers that ask for it: each value is a
 * decision of its own. A choice that is pinned is not asked about; the question is what would be chosen.
 */
export function openQuestionsOf(
  exposure: Exposure,
  decision: Decision,
  options: DecideOptions = {},
): readonly OpenQuestion[] {
  const { trials, seed } = settingsOf(options);
  const asked: DecideOptions = {
    ...options,
    seed,
    trials: Math.min(OPEN_TRIALS, trials),
    pinned: undefined,
    fixes: false,
  };
  return unspecifiedOf(exposure).map((one) =>
    openQuestion(one, "the choice", (given) => {
      const decided =
        decision.side === "internal" ? decideInternal(given, asked) : externalOf(given, decision, asked);
      return decided && candidateName(decided.chosen);
    }),
  );
}

function externalOf(given: Exposure, { ports }: Decision, options: DecideOptions): Decision | undefined {
  return decide(given, options)
    .filter(isAnswered)
    .find((one) => one.ports.join() === ports.join());
}
