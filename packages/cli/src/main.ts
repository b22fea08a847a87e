import { Command, CommanderError } from "commander";
import { version } from "./version";
import { EXIT, Failure } from "./failure";
import { note, type IO } from "./io";

/** Runs the command line and answers with the exit code: 0 clean, 1 violations, 2 usage or input, 3 a program failed. */
export async function main(args: readonly string[], io: IO): Promise<number> {
  let code: number = EXIT.clean;
  const verbose = args.includes("--verbose");
  // Something piped in and no word said about it: show everything.
  const implied =
    args.filter((arg) => arg !== "--verbose").length === 0 && !io.stdin.isTTY ? ["look", "-"] : [];
  try {
    const program = await commandLine([...args, ...implied], io, (wanted) => {
      code = wanted;
    });
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

type Add = (program: Command, io: IO, exit: (code: number) => void) => void;

/** Each loaded when it is asked for: a command that starts other processes is not to wait for what the others need. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  check: async () => (await import("./commands/check.js")).addCheck,
  estimate: async () => (await import("./commands/estimate.js")).addEstimate,
  decide: async () => (await import("./commands/decide.js")).addDecide,
  switch: async () => (await import("./commands/switch.js")).addSwitch,
  look: async () => (await import("./commands/look.js")).addLook,
  preview: async () => (await import("./commands/preview.js")).addPreview,
  trace: async () => (await import("./commands/trace.js")).addTrace,
  rules: async () => (await import("./commands/rules.js")).addRules,
};

/** The commands to load: the one that is named, or all of them for help, for a misspelling, and for those of another's file. */
function commandsFor(args: readonly string[]): readonly (() => Promise<Add>)[] {
  const [name = ""] = args.filter((arg) => arg !== "--verbose");
  const one = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return one ? [one] : Object.values(COMMANDS);
}

async function commandLine(args: readonly string[], io: IO, exit: (code: number) => void): Promise<Command> {
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
  for (const load of commandsFor(args)) (await load())(program, io, exit);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  }
  return program;
}
