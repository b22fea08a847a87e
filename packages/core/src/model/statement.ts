import type { Json } from "./json";

/**
 * Something that core says: a reason, an assumption, a step. Programs read the code and the data, people the sentence; nobody has to take
 * a sentence apart.
 */
export interface Statement {
  /** `deregistration-delay`; unique among all texts. */
  readonly code: string;
  readonly data: StatementData;
  readonly sentence: string;
  /** Set where it holds only before, or only after, what the answer is about. */
  readonly when?: "before" | "afterwards";
}

export type StatementData = Readonly<Record<string, Json>>;

/** Sentences by code, each a function of its data: `texts.ts` of each folder. */
export type Texts = Readonly<Record<string, (data: never) => string>>;

type Data<T> = T extends () => string ? [] : T extends (data: infer D) => string ? [data: D] : never;

/**
 * Makes statements with the given texts, each with the data that its text wants.
 *
 * @example
 * const say = statementsOf({ "node-count": ({ nodes }: { nodes: number }) => `${nodes} nodes` });
 * say("node-count", { nodes: 3 }); // { code: "node-count", data: { nodes: 3 }, sentence: "3 nodes" }
 */
export function statementsOf<T extends Texts>(
  texts: T,
): <C extends keyof T & string>(code: C, ...data: Data<T[C]>) => Statement {
  return (code, ...[given]) => {
    const data = (given ?? NO_DATA) as StatementData;
    const text: ((data: never) => string) | undefined = texts[code];
    // The parameters of this function hold that the data is what this very text wants.
    return { code, data, sentence: text?.(data as never) ?? code };
  };
}

const NO_DATA: StatementData = Object.freeze({});

/** The statement, said of one end of a change only. */
export function statementAt(statement: Statement, when: "before" | "afterwards"): Statement {
  return { ...statement, when, sentence: `${when}: ${statement.sentence}` };
}

/** The statements, each once, in their order. */
export function distinctStatements(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((one) => [`${one.code} ${one.sentence}`, one])).values()];
}
