import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { ORACLE_BINARY } from "./paths";

/** What Kubernetes' code said: an answer, or why it gave none. */
export type Answer = { readonly output: unknown } | { readonly error: string };

/** A running oracle. Requests may be sent without waiting for earlier answers. */
export interface Oracle {
  ask(operation: string, input: unknown): Promise<Answer>;
  /** Ends the process and waits for it. */
  close(): Promise<void>;
}

export interface OracleOptions {
  readonly binary?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Reply {
  readonly id?: number;
  readonly output?: unknown;
  readonly error?: string;
}

export function startOracle({ binary = ORACLE_BINARY, environment }: OracleOptions = {}): Oracle {
  if (!existsSync(binary)) throw new Error(`${binary}: not there; build it with test/oracle/build.sh`);
  const child = spawn(binary, [], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let next = 0;
  const ended = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      const error = `the oracle ended before it answered (${signal ?? `exit ${code}`})`;
      for (const settle of waiting.values()) settle({ error });
      waiting.clear();
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id = -1, output, error } = JSON.parse(line) as Reply;
    waiting.get(id)?.(error === undefined ? { output } : { error });
    waiting.delete(id);
  });
  // A process that ended closes its standard input; `close` above tells the story.
  child.stdin.on("error", () => undefined);
  return {
    ask: (operation, input) =>
      new Promise((resolve) => {
        if (hasEnded(child)) return resolve({ error: "the oracle has ended" });
        waiting.set(next, resolve);
        child.stdin.write(`${JSON.stringify({ id: next++, op: operation, input })}\n`);
      }),
    close: () => {
      child.stdin.end();
      return ended;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
