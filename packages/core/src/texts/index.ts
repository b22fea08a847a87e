import { BALANCER_TEXTS } from "../balancers";
import { ESTIMATE_TEXTS } from "../estimate/texts";
import type { Statement, Texts } from "../model";
import { TRANSITION_TEXTS } from "../transition/texts";

/** Every text of core by the code of its statements. Codes are unique: a test holds it. */
export const TEXT_SOURCES: readonly Texts[] = Object.freeze([BALANCER_TEXTS, ESTIMATE_TEXTS, TRANSITION_TEXTS]);

const CATALOGUE: ReadonlyMap<string, (data: never) => string> = new Map(
  TEXT_SOURCES.flatMap((texts) => Object.entries(texts)),
);

/**
 * The statement in words. Throws a `RangeError` for a code that no text has.
 *
 * @example
 * sentence({ code: "deregistration-delay", data: { seconds: 120 } });
 */
export function sentence({ code, data, when }: Statement): string {
  const text = CATALOGUE.get(code);
  if (!text) throw new RangeError(`no text has the code ${code}`);
  // `statementsOf` made the statement with the data that this very text takes.
  const words = text(data as never);
  return when === undefined ? words : `${when}: ${words}`;
}

/** A statement as JSON output carries it. */
export interface StatementWithSentence extends Statement {
  readonly sentence: string;
}

export function withSentence(statement: Statement): StatementWithSentence {
  return { ...statement, sentence: sentence(statement) };
}
