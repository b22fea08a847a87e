/** An error to plant in a copy of our code: the text, which must stand exactly once in the file, and what replaces it. */
export interface PlantedError {
  /** What goes wrong, in a few words. */
  readonly name: string;
  /** Path below `packages/core/src`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The operation that must notice. */
  readonly operation: string;
}

export function plantedIn(
  file: string,
  operation: string,
  errors: readonly (readonly [name: string, find: string, replace: string])[],
): readonly PlantedError[] {
  return errors.map(([name, find, replace]) => ({ file, operation, name, find, replace }));
}
