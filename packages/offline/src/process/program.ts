import { createRequire } from "node:module";
import { join } from "node:path";
import { ProgramFailed, TimedOut } from "../errors";
import type { Project } from "../project/project";
import type { Diagnostic } from "../result";
import { startNode, type Child, type Exit } from "./child";
import { failureText, withoutColours } from "./failure-text";

export interface ProgramStart {
  readonly project: Project;
  readonly sdkRoot: string;
  readonly stack: string;
  readonly organization: string;
  readonly engineAddress: string;
  readonly parallel: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Starts the program in the SDK's own runner, with the arguments that Pulumi's Node language host gives. */
export function startProgram(start: ProgramStart): Child {
  const { project } = start;
  const run = createRequire(join(start.sdkRoot, "package.json")).resolve("./cmd/run");
  return startNode({
    arguments: [
      ...project.nodeArguments,
      run,
      ...["--monitor", start.engineAddress],
      ...["--engine", start.engineAddress],
      ...["--organization", start.organization],
      ...["--project", project.name],
      ...["--stack", start.stack],
      ...["--pwd", project.directory],
      ...["--root-directory", project.root],
      "--dry-run",
      ...["--parallel", String(start.parallel)],
      project.entry,
    ],
    directory: project.directory,
    environment: { ...start.environment, PULUMI_NODEJS_TYPESCRIPT: String(project.typescript) },
  });
}

export interface ProgramWatch {
  readonly project: Project;
  /** Messages of the program so far. */
  readonly diagnostics: readonly Diagnostic[];
  readonly timeoutSeconds: number;
}

/** Resolves when the program has ended well; rejects with one line if not. */
export async function programEnd(child: Child, watch: ProgramWatch): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const { timeoutSeconds, project } = watch;
    timer = setTimeout(
      () =>
        reject(
          new TimedOut(
            `the program of ${project.name} did not end within ${timeoutSeconds} seconds`,
            outputOf(child),
          ),
        ),
      timeoutSeconds * 1000,
    );
  });
  try {
    const exit = await Promise.race([child.exited, late]);
    if (exit.code !== 0 || exit.error) throw programFailure(child, exit, watch);
  } finally {
    clearTimeout(timer);
  }
}

function programFailure(child: Child, exit: Exit, { project, diagnostics }: ProgramWatch): ProgramFailed {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const reason =
    exit.error?.message ??
    failureText(errors[0]?.message ?? "") ??
    failureText(child.output.stderr) ??
    `it ended with ${exit.code === null ? `signal ${exit.signal}` : `code ${exit.code}`}`;
  const detail = [...errors.map(({ message }) => message), outputOf(child)]
    .filter((text) => text !== "")
    .join("\n");
  return new ProgramFailed(
    `the program of ${project.name} failed: ${reason}`,
    errors,
    withoutColours(detail),
  );
}

function outputOf(child: Child): string {
  return [child.output.stderr, child.output.stdout].filter((text) => text !== "").join("\n");
}
