import { spawn } from "node:child_process";
import type { Sandbox } from "./sandbox";

export interface Outcome {
  readonly command: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface CallOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 180_000;

/** Runs one command of the real CLI. A command that overstays is killed; its plugins end with it. */
export function pulumi(sandbox: Sandbox, args: readonly string[], options: CallOptions): Promise<Outcome> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(sandbox.pulumi, [...args, "--non-interactive"], {
      cwd: options.cwd,
      env: { ...sandbox.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const command = `pulumi ${args.join(" ")}`;
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${command}: no end after ${options.timeoutMs ?? TIMEOUT_MS} ms\n${stdout}${stderr}`));
    }, options.timeoutMs ?? TIMEOUT_MS);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ command, code: code ?? -1, stdout, stderr, seconds: (Date.now() - started) / 1000 });
    });
  });
}

/** @throws with what the command printed last unless it ended with `code`. */
export function expectCode(outcome: Outcome, code: number): Outcome {
  if (outcome.code === code) return outcome;
  const end = (text: string): string => (text.length > 4_000 ? `…${text.slice(-4_000)}` : text);
  throw new Error(
    `${outcome.command}: exit code ${outcome.code}, wanted ${code}\n${end(outcome.stdout)}\n${end(outcome.stderr)}`,
  );
}
