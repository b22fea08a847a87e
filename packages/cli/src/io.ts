import { paintFor, type Paint } from "./render/paint";

/** Where a command reads and writes; tests pass their own. */
export interface IO {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** `YYYY-MM-DD`, against which exemptions expire. */
  readonly today: string;
}

export function processIO(): IO {
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, today: new Date().toISOString().slice(0, 10) };
}

export function paintOf({ stdout, env }: IO): Paint {
  return paintFor(stdout, env);
}

export function print({ stdout }: IO, text: string): void {
  if (text !== "") stdout.write(`${text}\n`);
}

export function note({ stderr }: IO, text: string): void {
  stderr.write(`${text}\n`);
}

/** Whoever reads may stop early, as `head` does: that is no failure, and the exit code stays what the command says. */
export function allowClosedPipe({ stdout, stderr }: Pick<IO, "stdout" | "stderr">): void {
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
