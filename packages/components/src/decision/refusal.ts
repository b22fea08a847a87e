/** Why a component is not created: one line, or paragraph, a mistake. */
export class Refusal extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("\n"));
  }
}
