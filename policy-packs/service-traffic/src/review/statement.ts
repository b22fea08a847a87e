/** One thing that a policy has to say. */
export interface Statement {
  readonly text: string;
  /** The resource to edit; absent for the stack. Heeded at the stack stage only: at the resource stage the engine knows. */
  readonly urn?: string;
}

/** What one request was found to deserve, by the policy that says it. */
export type Statements = ReadonlyMap<string, readonly Statement[]>;

/** Collects statements by policy, in order. */
export class StatementList {
  readonly #byPolicy = new Map<string, Statement[]>();

  add(policy: string, statement: Statement): void {
    const list = this.#byPolicy.get(policy);
    if (list) list.push(statement);
    else this.#byPolicy.set(policy, [statement]);
  }

  get statements(): Statements {
    return this.#byPolicy;
  }
}
