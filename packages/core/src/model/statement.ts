import type { Json } from "./json";

/**
 * Something that core says: a reason, an assumption, a step. Core returns the code and the data; the catalogue in `core/texts` makes the
 * sentence, so that no reader has to take a sentence apart.
 */
export interface Statement {
  /** `deregistration-delay`; unique among all texts. */
  readonly code: string;
  readonly data: StatementData;
  /** Set where it holds only before, or only after, what the answer is about. */
  readonly when?: "before" | "afterwards";
}

export type StatementData = Readonly<Record<string, Json>>;

/** Sentences by code, each a function of its data. */
// The data of each text is checked where the statement is made (`statementsOf`).
export type Texts = Readonly<Record<string, (data: never) => string>>;

type Data<T> = T extends () => string ? [] : T extends (data: infer D) => string ? [data: D] : never;

/**
 * Makes statements of the given texts, with the data that each text wants.
 *
 * @example
 * const say = statementsOf({ "node-count": ({ nodes }: { nodes: number }) => `${nodes} nodes` });
 * say("node-count", { nodes: 3 }); // { code: "node-count", data: { nodes: 3 } }
 */
export function statementsOf<T extends Texts>(
  _texts: T,
): <C extends keyof T & string>(code: C, ...data: Data<T[C]>) => Statement {
  return (code, ...[data]) => ({ code, data: (data ?? NO_DATA) as StatementData });
}

const NO_DATA: StatementData = Object.freeze({});

/** Whether two statements say the same. */
export function sameStatement(a: Statement, b: Statement): boolean {
  return a.code === b.code && a.when === b.when && JSON.stringify(a.data) === JSON.stringify(b.data);
}

/** The statements, each once, in their order. */
export function distinctStatements(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter((one, index) => statements.findIndex((other) => sameStatement(one, other)) === index);
}
