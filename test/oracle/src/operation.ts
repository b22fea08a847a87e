import { isDeepStrictEqual } from "node:util";
import type fc from "fast-check";
import type { Answer } from "./oracle";

/** One question that both sides answer. */
export interface Question<Input> {
  /** Name of the oracle's operation. */
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Our answer, in the oracle's form. */
  readonly ours: (input: Input) => unknown;
  /** Where more than one answer is right: how these two differ, or nothing. Without it they must be equal. */
  readonly differs?: (input: Input, ours: unknown, theirs: unknown) => string | undefined;
}

/** An input with what is to be done with it; the input's type is closed over. */
export interface Case {
  readonly input: unknown;
  /** Sentence and both answers if ours is not what the oracle said. */
  readonly disagreement: (theirs: Answer) => Disagreement | undefined;
}

export interface Disagreement {
  readonly how: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Operation {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  /** The case of an input that was written to JSON before. */
  readonly replay: (input: unknown) => Case;
}

export function operation<Input>(question: Question<Input>): Operation {
  return {
    name: question.name,
    cases: question.inputs.map((input) => caseOf(question, input)),
    // The line was written from an Input of this very question.
    replay: (input) => caseOf(question, input as Input),
  };
}

function caseOf<Input>(question: Question<Input>, input: Input): Case {
  return { input, disagreement: (theirs) => compare(question, input, theirs) };
}

function compare<Input>(
  { ours, differs }: Question<Input>,
  input: Input,
  theirs: Answer,
): Disagreement | undefined {
  let answer: unknown;
  try {
    answer = asJson(ours(input));
  } catch (error) {
    return {
      how: `ours threw: ${error instanceof Error ? error.stack : String(error)}`,
      ours: undefined,
      theirs,
    };
  }
  if ("error" in theirs) return { how: "the oracle gave no answer", ours: answer, theirs: theirs.error };
  const how = differs
    ? differs(input, answer, theirs.output)
    : isDeepStrictEqual(answer, theirs.output)
      ? undefined
      : "the answers are not equal";
  return how === undefined ? undefined : { how, ours: answer, theirs: theirs.output };
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
