import { spawn, type ChildProcess } from "node:child_process";

const GRACE_MS = 5_000;
const running = new Set<ChildProcess>();

export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A Node process of this host's; it ends with the host at the latest. */
export function startNode(command: Command): ChildProcess {
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** SIGINT first, as the real host does, so that a program can say goodbye to its providers; SIGKILL after a grace. */
export function stop(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
}

export function stopAll(): void {
  for (const child of running) stop(child);
}

export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Resolves with the exit code once output is drained; a child that a signal ended counts as 1. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
