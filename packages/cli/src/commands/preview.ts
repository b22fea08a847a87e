import { preview, PreviewError, ProjectError, Unanswered, type PreviewEvent } from "@evenkeel/offline";
import type { Command } from "commander";
import { Failure } from "../failure";
import { print, type IO } from "../io";
import { formatOption, trialOptions, type FormatOption, type TrialOptions } from "../options";
import { statusLine, type StatusLine } from "../progress";
import { asOptions, readAnswers, withPlaces, type Answers } from "./preview-answers";

export interface PreviewCommandOptions extends TrialOptions, FormatOption {
  readonly policyPack: readonly string[];
  readonly policyPackConfig: readonly string[];
  readonly stack?: string;
  readonly config: readonly string[];
  readonly answers?: string;
}

/** `preview`: a Pulumi program through the real SDK and the real policy packs, without the Pulumi command. */
export function addPreview(program: Command, io: IO, exit: (code: number) => void): void {
  trialOptions(program.command("preview"))
    .description(
      "Preview a Pulumi Node.js program offline: its resources, what policy packs say, and what each exposed Service's traffic comes to.",
    )
    .argument("[dir]", "folder of the project, with Pulumi.yaml", ".")
    .option("--policy-pack <dir...>", "policy packs to run", [])
    .option("--policy-pack-config <file...>", "their configuration, in the same order", [])
    .option("--stack <name>", "stack to preview; Pulumi.<name>.yaml is read (default: dev)")
    .option("--config <key=value...>", "configuration on top of the files", [])
    .option(
      "--answers <file>",
      "what only a cloud could answer: functions, reads, other stacks, secrets, configuration",
    )
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nWhere answers are missing, standard output has a file of them to fill in for --answers.\n\nExamples:\n  evenkeel preview examples/storefront --policy-pack policy-packs/service-traffic\n  evenkeel preview . > answers.json  # fill it in\n  evenkeel preview . --answers answers.json",
    )
    .action(async (dir: string, options: PreviewCommandOptions) => {
      const status = statusLine(io);
      const answers = options.answers === undefined ? {} : await readAnswers(options.answers);
      const running = run(dir, options, answers, status).finally(() => status.stop());
      // A refusal may come before anybody waits for it; it is told below.
      running.catch(() => undefined);
      // The program and the packs start at once; what tells of them is loaded meanwhile.
      const { failureOf, reportPreview } = await import("./preview-report.js");
      const result = await running.catch((error: unknown) => {
        const places = placesFor(error, answers);
        if (places) print(io, JSON.stringify(places, null, 2));
        throw error instanceof PreviewError ? failureOf(error) : error;
      });
      await reportPreview(io, result, options, exit);
    });
}

async function run(
  dir: string,
  options: PreviewCommandOptions,
  answers: Answers,
  status: StatusLine,
): ReturnType<typeof preview> {
  const { policyPack, policyPackConfig } = options;
  if (policyPackConfig.length > policyPack.length) {
    throw new Failure(
      "more --policy-pack-config files than --policy-pack folders; wanted one for each pack, in the same order",
    );
  }
  status.say("starting the program and the policy packs");
  return preview({
    program: dir,
    ...stackOf(options.stack),
    ...asOptions(answers),
    config: { ...answers.config, ...Object.fromEntries(options.config.map(keyValue)) },
    policyPacks: policyPack.map((pack, index) => ({ dir: pack, config: policyPackConfig[index] })),
    onEvent: (event) => follow(event, status),
  });
}

/** The stack by its name, or as the service calls it: `org/stack`, `org/project/stack`. */
function stackOf(written: string | undefined): { stack?: string; organization?: string } {
  const parts = written?.split("/") ?? [];
  const [organization] = parts;
  return { stack: parts.at(-1), ...(parts.length > 1 && organization ? { organization } : {}) };
}

/** The answers with places for those that a preview ended for want of; undefined if it ended for another reason. */
function placesFor(error: unknown, answers: Answers): Answers | undefined {
  if (!(error instanceof PreviewError)) return undefined;
  const missing = error instanceof Unanswered ? error.missing : [];
  const encrypted = error instanceof ProjectError ? error.encrypted : [];
  const required = requiredKeys(error);
  if (missing.length + encrypted.length + required.length === 0) return undefined;
  return withPlaces(answers, missing, { secrets: emptyAt(encrypted), config: emptyAt(required) });
}

/** Keys of the configuration that the program asked for in vain (pulumi sdk/nodejs/config.ts ConfigMissingException). */
function requiredKeys({ message, detail = "", result }: PreviewError): readonly string[] {
  const said = [message, detail, ...(result?.diagnostics ?? []).map((one) => one.message)].join("\n");
  const keys = [...said.matchAll(/Missing required configuration variable '([^']+)'/g)];
  return [...new Set(keys.map(([, key = ""]) => key))];
}

function emptyAt(keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [key, ""]));
}

function keyValue(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) throw new Failure(`--config ${text}: wanted key=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function follow(event: PreviewEvent, status: StatusLine): void {
  if (event.kind === "packReady") status.say(`policy pack ${event.pack} is ready`);
  if (event.kind === "resource") status.say(`${event.resource.type} ${event.resource.name}`);
  if (event.kind === "programFinished") status.say("checking the whole stack");
}
