import type { Level, Severity } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import type { BadExample, GoodExample } from "./example";
import type { Outcome } from "./outcome";
import type { SubjectName, Subjects } from "./subject";

/** Where a law is written: the field's own documents and code. */
export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** What a rule may look at beside its subject. */
export interface RuleContext<S extends SubjectName> {
  /** The subject's previous state, where the source has one. */
  readonly previous?: Subjects[S];
}

/** A rule is data and one pure function. Everything else about it (policy, docs page, first tests) is derived from this record. */
export interface RuleDefinition<S extends SubjectName, Id extends string = string> {
  /** Name of the file, and for good. */
  readonly id: Id;
  readonly subject: S;
  readonly severity: Severity;
  /** The ceiling of its findings. */
  readonly level: Exclude<Level, "disabled">;
  /** What must hold, in one sentence. */
  readonly law: string;
  /** What happens otherwise. */
  readonly why: string;
  /** What to do, in general. */
  readonly fix: string;
  readonly facts: readonly FactId[];
  /** What the law rests on; findings are advisory where that is not proved to be what runs. */
  readonly restsOn?: "kube-proxy";
  readonly refs: readonly Reference[];
  check(subject: Subjects[S], context: RuleContext<S>): Iterable<Outcome>;
  /** Loaded when asked for: neither the pack nor the command needs them to run. */
  examples(): { readonly bad: readonly BadExample[]; readonly good: readonly GoodExample[] };
}

/** A rule of any subject, as the catalogue holds it. */
export type Rule = { [S in SubjectName]: RuleDefinition<S> }[SubjectName];

/** Declares a rule. The id stays a literal type, so that configurations have typed keys. */
export function rule<S extends SubjectName, const Id extends string>(
  definition: RuleDefinition<S, Id>,
): RuleDefinition<S, Id> {
  return Object.freeze(definition);
}
