/** Exit codes of the command. */
export const EXIT = { clean: 0, violated: 1, usage: 2, program: 3 } as const;

/** A user's mistake, said in one line: no stack trace, nothing half written. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
    /** What `--verbose` shows. */
    readonly detail?: string,
  ) {
    super(message);
    this.name = "Failure";
  }
}

/** What an error says of itself; not asked by class, since an error of another realm is of another class. */
export function reasonOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error);
}
