import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs a command to its end and returns what it printed. Throws with its words if it fails. */
export function run(command: string, args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let errors = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    child.on("error", reject);
    // A command that ends without reading its input is judged by its exit status.
    child.stdin.on("error", () => undefined);
    child.on("close", (code) =>
      code === 0
        ? resolve(out)
        : reject(new Error(`${command} ${args.join(" ")}: exit status ${code}: ${errors || out}`)),
    );
    child.stdin.end(input);
  });
}

/** A process of the lab that goes on until it is stopped. */
export interface Service {
  readonly name: string;
  /** Its exit status or signal, once it has ended. */
  ended(): string | undefined;
  /** What it wrote last. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts a process in a namespace, its output in a file. The kernel ends it with the harness, whatever ends that
 * (`setpriv --pdeathsig`); both wrappers replace themselves, so the process id is its own.
 */
export function start(
  name: string,
  namespace: string,
  command: string,
  args: readonly string[],
  logFile: string,
  environment: Readonly<Record<string, string>> = {},
): Service {
  const log = openSync(logFile, "a");
  const child = spawn("ip", inNamespace(namespace, command, args), {
    stdio: ["ignore", log, log],
    env: { ...process.env, ...environment },
  });
  closeSync(log);
  return supervised(name, child, () => readFileSync(logFile, "utf8"));
}

export function inNamespace(namespace: string, command: string, args: readonly string[]): readonly string[] {
  return ["netns", "exec", namespace, "setpriv", "--pdeathsig", "KILL", command, ...args];
}

export function supervised(name: string, child: ChildProcess, log: () => string): Service {
  let ended: string | undefined;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended = `${signal ?? `exit status ${code}`}`));
  return {
    name,
    ended: () => ended,
    log: () => log().split("\n").slice(-20).join("\n"),
    async stop() {
      if (ended !== undefined) return;
      child.kill("SIGTERM");
      for (let waited = 0; ended === undefined && waited < 3000; waited += 50) await sleep(50);
      if (ended === undefined) child.kill("SIGKILL");
      while (ended === undefined) await sleep(20);
    },
  };
}

/** Asks until the answer is not undefined. Throws when the time is over, or as soon as one of the processes has ended. */
export async function until<T>(
  what: string,
  seconds: number,
  processes: readonly Service[],
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    for (const process of processes) {
      const how = process.ended();
      if (how !== undefined)
        throw new Error(
          `${process.name} ended (${how}) while waiting until ${what}; it wrote last:\n${process.log()}`,
        );
    }
    if (Date.now() > end)
      throw new Error(
        [`not after ${seconds} s: ${what}`, ...processes.map((p) => `${p.name}:\n${p.log()}`)].join("\n"),
      );
    await sleep(100);
  }
}
