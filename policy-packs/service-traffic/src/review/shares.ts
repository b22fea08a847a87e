import type { Statement, Statements } from "./statement";

interface Open {
  readonly statements: Statements;
  readonly taken: Set<string>;
}

/**
 * Lets one evaluation serve all policies of a request. The policy SDK asks policy after policy, each with a copy of the same
 * resource: the first to ask evaluates for all, the others take their share. A policy that asks a second time asks about a new
 * request. So nothing is lost, whatever the order, whoever is skipped, and however requests about different resources mingle.
 */
export class Shares {
  readonly #open = new Map<string, Open>();
  readonly #waiting = new Map<string, number>();

  /** The share of `policy` in what `request` (a URN, or the stack) deserves. */
  take(policy: string, request: string, evaluate: () => Statements): readonly Statement[] {
    let open = this.#open.get(request);
    if (!open || open.taken.has(policy)) open = this.begin(request, evaluate());
    open.taken.add(policy);
    const share = open.statements.get(policy);
    if (share) this.#count(policy, -1);
    return share ?? [];
  }

  /** Whether a share lies ready for `policy` in any request. */
  isWaitingFor(policy: string): boolean {
    return (this.#waiting.get(policy) ?? 0) > 0;
  }

  /** Forgets all that was not taken. */
  clear(): void {
    this.#open.clear();
    this.#waiting.clear();
  }

  /** What a request deserves that is about to be asked about. */
  begin(request: string, statements: Statements): Open {
    const before = this.#open.get(request);
    for (const policy of before?.statements.keys() ?? [])
      if (!before?.taken.has(policy)) this.#count(policy, -1);
    for (const policy of statements.keys()) this.#count(policy, 1);
    const open: Open = { statements, taken: new Set() };
    this.#open.set(request, open);
    return open;
  }

  #count(policy: string, by: number): void {
    this.#waiting.set(policy, (this.#waiting.get(policy) ?? 0) + by);
  }
}
