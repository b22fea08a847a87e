import { Command, CommanderError } from "commander";
import { addCheck } from "./commands/check";
import { addLook } from "./commands/look";
import { addPreview } from "./commands/preview";
import { addDecide } from "./commands/decide";
import { addEstimate } from "./commands/estimate";
import { addTrace } from "./commands/trace";
import { addRules } from "./commands/rules";
import { version } from "./commands/report";
import { EXIT, Failure } from "./failure";
import { note, type IO } from "./io";

/** Runs the command line and answers with the exit code: 0 clean, 1 violations, 2 usage or input, 3 a program failed. */
export async function main(args: readonly string[], io: IO): Promise<number> {
  let code: number = EXIT.clean;
  const verbose = args.includes("--verbose");
  const program = commandLine(io, (wanted) => {
    code = wanted;
  });
  // Something piped in and no word said about it: show everything.
  const implied =
    args.filter((arg) => arg !== "--verbose").length === 0 && !io.stdin.isTTY ? ["look", "-"] : [];
  try {
    await program.parseAsync([...args, ...implied], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    if (error instanceof Failure) {
      note(
        io,
        error.message
          .split("\n")
          .map((line) => `evenkeel: ${line}`)
          .join("\n"),
      );
      if (verbose && error.detail) note(io, error.detail);
      return error.exitCode;
    }
    note(
      io,
      `evenkeel: failed: ${error instanceof Error ? error.message : String(error)}; this is a defect, please report it (--verbose says where)`,
    );
    if (verbose && error instanceof Error && error.stack) note(io, error.stack);
    return EXIT.program;
  }
}

function commandLine(io: IO, exit: (code: number) => void): Command {
  const program = new Command("evenkeel")
    .description(
      "Keeps Kubernetes Services level behind load balancers: checks manifests and states, predicts shares, explains choices.",
    )
    .version(version())
    .option("--verbose", "show where a failure happened")
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  addCheck(program, io, exit);
  addEstimate(program, io);
  addDecide(program, io);
  addLook(program, io, exit);
  addPreview(program, io, exit);
  addTrace(program, io);
  addRules(program, io);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  }
  return program;
}
