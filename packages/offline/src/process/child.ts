import { spawn, type ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** A Node process that was started for a preview, and is gone when the preview is. */
export interface Child {
  readonly pid: number | undefined;
  /** All output so far; error output apart. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves when the process has ended and its output is complete. */
  readonly exited: Promise<Exit>;
  /** Called for each piece of standard output. */
  onStdout(listener: (text: string) => void): void;
  /** Ends the process, by force if it does not go within a second. */
  stop(): Promise<void>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Set if the process could not be started at all. */
  readonly error?: Error;
}

// Beside `src` and `dist` alike. Given as `-r`: the SDK takes `--require` for a loader and then treats TypeScript otherwise.
const PRELOAD = join(__dirname, "..", "..", "preload", "plain-inspect.js");
const GRACE_MILLISECONDS = 1000;
const DRAIN_MILLISECONDS = 200;
const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();

// The last net: whoever ends the parent without waiting for the preview leaves no process behind.
const stopAllNow = (): void => {
  for (const child of running) child.kill("SIGKILL");
};
let watchesExit = false;

/** Starts `node` with the same binary that runs this code. */
export function startNode(options: {
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Child {
  const child = spawn(process.execPath, ["-r", PRELOAD, ...options.arguments], {
    cwd: options.directory,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  if (!watchesExit) {
    watchesExit = true;
    process.once("exit", stopAllNow);
  }
  const output = { stdout: "", stderr: "" };
  const listeners: ((text: string) => void)[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    for (const listener of listeners) listener(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("close", (code, signal) => resolve({ code, signal }));
    // A grandchild may hold the pipes open; the process itself is gone all the same.
    child.once("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), DRAIN_MILLISECONDS));
  }).finally(() => running.delete(child));
  return {
    pid: child.pid,
    output,
    exited,
    onStdout: (listener) => listeners.push(listener),
    stop: async () => {
      if (!running.has(child)) return;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS);
      await exited;
      clearTimeout(force);
    },
  };
}
