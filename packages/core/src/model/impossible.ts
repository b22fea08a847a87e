/** One thing about a record that cannot be. */
export interface Impossibility {
  /** `endpoints[2].nodeName`. */
  readonly path: string;
  readonly seen: string;
  readonly wanted: string;
}

/** A record that describes nothing that can exist. Thrown by the constructors of the model, with everything that is wrong. */
export class ImpossibleRecord extends Error {
  override readonly name = "ImpossibleRecord";

  constructor(readonly problems: readonly Impossibility[]) {
    super(problems.map(({ path, seen, wanted }) => `${path}: ${seen}; wanted ${wanted}`).join("\n"));
  }
}

/** The record, if nothing about it is impossible. */
export function possible<T>(record: T, problems: readonly Impossibility[]): T {
  if (problems.length > 0) throw new ImpossibleRecord(problems);
  return record;
}
